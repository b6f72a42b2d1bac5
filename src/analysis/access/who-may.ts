import type {Json} from '../../core/json.ts';
import {listAt} from '../../core/kube/json-at.ts';
import {type Action, coverOf} from './access-rule.ts';
import type {Grant} from './grants.ts';

/** A grant that allows an action; `names`: the only objects for which it does. */
export type Allowing = {readonly grant: Grant; readonly names: readonly string[]};

/**
 * The grants that allow an action in a namespace; without one, in all of them at once (or on something that has none).
 * @param anywhere counts grants of single namespaces too, where no namespace was asked for
 */
export const allowingGrants = (
	action: Action,
	namespace: string | undefined,
	grants: readonly Grant[],
	anywhere = false,
): readonly Allowing[] =>
	grants.flatMap(grant => {
		const isThere = grant.namespace === undefined || grant.namespace === namespace || (namespace === undefined && anywhere);
		const rules = isThere ? (grant.rules ?? []) : [];
		if (rules.some(rule => coverOf(rule, action) === 'all')) return [{grant, names: []}];
		const some = rules.filter(rule => coverOf(rule, action) === 'some');
		return some.length === 0 ? [] : [{grant, names: some.flatMap(namesIn)}];
	});

const namesIn = (rule: Json) => listAt(rule, 'resourceNames').map(String);
