import {coverOf, type Request} from './access-rule.ts';
import {type Grant, grantsReaching} from './grants.ts';
import {partsOf, ruleOfPart} from './rule-cover.ts';
import {identityOfUse, requestOf, type UsedRequest} from './used-request.ts';

/** What nobody made use of in one grant. `isWhole`: of all that it gives. */
export type UnusedGrant = {
	readonly grant: Grant;
	readonly requests: number;
	readonly unused: readonly Request[];
	readonly isWhole: boolean;
};

type Use = {readonly request: Request; readonly count: number};

/** The distinct requests that reached each grant. */
function usesByGrant(grants: readonly Grant[], used: readonly UsedRequest[]): ReadonlyMap<Grant, readonly Use[]> {
	const distinct = Map.groupBy(used, each => JSON.stringify([each.user, each.groups, each.namespace ?? '', requestOf(each)]));
	const uses = new Map<Grant, Use[]>();
	for (const group of distinct.values()) {
		const [first] = group;
		if (first === undefined) continue;
		const use = {request: requestOf(first), count: group.length};
		for (const grant of grantsReaching(identityOfUse(first), grants)) {
			if (grant.namespace !== undefined && (grant.namespace !== first.namespace || first.resource === undefined)) continue;
			const own = uses.get(grant) ?? [];
			own.push(use);
			uses.set(grant, own);
		}
	}
	return uses;
}

/**
 * What of each grant no request of a log made use of, in smallest parts. A right counts as used whoever else would have given it too; of `*` only that is told
 * whether anything it covers was used. Grants to roles that are not there give nothing and are left out.
 */
export function unusedGrants(grants: readonly Grant[], used: readonly UsedRequest[]): readonly UnusedGrant[] {
	const uses = usesByGrant(grants, used);
	return grants.flatMap(grant => {
		const own = uses.get(grant) ?? [];
		const parts = (grant.rules ?? []).flatMap(partsOf);
		const unused = parts.filter(part => !own.some(({request}) => coverOf(ruleOfPart(part), request) === 'all'));
		if (unused.length === 0) return [];
		const hits = own.filter(({request}) => grant.rules?.some(rule => coverOf(rule, request) === 'all'));
		return [{grant, requests: hits.reduce((sum, {count}) => sum + count, 0), unused, isWhole: unused.length === parts.length}];
	});
}
