import type {Request} from './access-rule.ts';
import type {Identity} from './grants.ts';

/** One request that somebody made, as an audit log tells it. Either a resource or a URL. */
export type UsedRequest = {
	readonly user: string;
	readonly groups: readonly string[];
	readonly verb: string;
	/** Empty for the core group. */
	readonly apiGroup?: string | undefined;
	/** Plural, without its subresource. */
	readonly resource?: string | undefined;
	readonly subresource?: string | undefined;
	readonly name?: string | undefined;
	readonly namespace?: string | undefined;
	/** Of a request outside the API groups. */
	readonly url?: string | undefined;
};

/** The question that RBAC was asked about it. */
export function requestOf({verb, apiGroup = '', resource, subresource, name, url}: UsedRequest): Request {
	if (resource === undefined) return {verb, url: url ?? ''};
	const whole = subresource === undefined || subresource === '' ? resource : `${resource}/${subresource}`;
	return {verb, group: apiGroup, resource: whole, ...(name === undefined || name === '' ? {} : {name})};
}

/** Who asked. */
export const identityOfUse = ({user, groups}: UsedRequest): Identity => ({user, groups});
