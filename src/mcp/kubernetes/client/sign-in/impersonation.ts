import {MkcoaError} from '../../../../core/error.ts';
import type {Impersonation} from '../../kubeconfig/kubeconfig.ts';

/**
 * Headers that ask the server to act as somebody else; every group and extra value is a header of its own.
 * @throws MkcoaError `bad-kubeconfig` for groups without a user, as the server would refuse it
 * @see https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
 */
export function impersonationHeaders({user, uid, groups, extra}: Impersonation): {readonly [name: string]: string | string[]} {
	const extras = Object.entries(extra).map(([key, values]) => [`impersonate-extra-${escapedKey(key)}`, [...values]] as const);
	if (user === undefined) {
		if (uid === undefined && groups.length === 0 && extras.length === 0) return {};
		throw new MkcoaError({
			kind: 'usage',
			code: 'bad-kubeconfig',
			what: 'The kubeconfig impersonates groups without a user',
			next: 'Add "as" to the user of this context, or take "as-groups", "as-uid" and "as-user-extra" away',
		});
	}
	return {
		'impersonate-user': user,
		...(uid === undefined ? {} : {'impersonate-uid': uid}),
		...(groups.length === 0 ? {} : {'impersonate-group': [...groups]}),
		...Object.fromEntries(extras),
	};
}

/** Keys are percent-encoded, because header names may not hold a slash. */
const escapedKey = (key: string) =>
	encodeURIComponent(key.toLowerCase()).replace(/[()*]/g, letter => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
