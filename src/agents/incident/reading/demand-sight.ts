import type {Snapshot} from '../../../analysis/detection/snapshot.ts';
import {MkcoaError} from '../../../core/error.ts';

/** @throws MkcoaError where nothing of any namespace may be read: that would look like a cluster that is well */
export function demandSight({objects, unread}: Pick<Snapshot, 'objects' | 'unread'>): void {
	const blind = unread.filter(({except}) => except === undefined);
	if (objects.length > 0 || !blind.some(({kind}) => kind === 'Pod')) return;
	throw new MkcoaError({
		kind: 'auth',
		code: 'not-allowed',
		what: 'Nothing could be looked at',
		why: `${blind[0]?.kind} and every other kind: ${blind[0]?.why}`,
		next: 'Ask for the right to list them, as the role view has it, or name a namespace of yours with -n',
	});
}
