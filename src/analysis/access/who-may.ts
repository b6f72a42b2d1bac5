import type {Json} from '../../core/json.ts';
import {listAt} from '../../core/kube/json-at.ts';
import {coverOf, type Request} from './access-rule.ts';
import {type Grant, grantsReaching, type Identity} from './grants.ts';

/** A grant that allows a request; `names`: the only objects for which it does. */
export type Allowing = {readonly grant: Grant; readonly names: readonly string[]};

/**
 * The grants that allow a request in a namespace; without one, in all of them at once (or on something that has none).
 * @param anywhere counts grants of single namespaces too, where no namespace was asked for
 */
export const allowingGrants = (
	request: Request,
	namespace: string | undefined,
	grants: readonly Grant[],
	anywhere = false,
): readonly Allowing[] =>
	grants.flatMap(grant => {
		const isThere = grant.namespace === undefined || grant.namespace === namespace || (namespace === undefined && anywhere);
		const rules = isThere ? (grant.rules ?? []) : [];
		if (rules.some(rule => coverOf(rule, request) === 'all')) return [{grant, names: []}];
		const some = rules.filter(rule => coverOf(rule, request) === 'some');
		return some.length === 0 ? [] : [{grant, names: some.flatMap(namesIn)}];
	});

const namesIn = (rule: Json) => listAt(rule, 'resourceNames').map(String);

/** Members of this group pass every authorizer; no binding gives or takes that. */
export const masters = 'system:masters';

/** Whether RBAC lets somebody do something: by which grant, or `masters`; undefined where nothing allows it. */
export function allowedBy(
	request: Request,
	namespace: string | undefined,
	identity: Identity,
	grants: readonly Grant[],
): Grant | typeof masters | undefined {
	if (identity.groups.includes(masters)) return masters;
	return allowingGrants(request, namespace, grantsReaching(identity, grants)).find(({names}) => names.length === 0)?.grant;
}
