import type {Json} from '../json.ts';
import {numberAt, valueAt} from '../kube/json-at.ts';
import type {KubeObject} from '../kube/kube-object.ts';
import {fitsSelector} from '../kube/selector.ts';
import type {Consequence} from '../plan.ts';
import {count} from '../text/count.ts';
import {type ChangeQuestion, type Rule, say, touches} from './question.ts';

/** Budgets over pods with these labels. */
const budgetsOf = ({pdbs = []}: ChangeQuestion['surroundings'], namespace: string | undefined, labels: Json | undefined) =>
	pdbs.filter(pdb => pdb.metadata.namespace === namespace && fitsSelector(valueAt(pdb, 'spec', 'selector'), labels));

/** What a budget allows at this moment. A rollout and a plain delete do not ask it; an eviction does. */
function ofBudget(pdb: KubeObject, {ref}: ChangeQuestion): Consequence {
	const allowed = numberAt(pdb, 'status', 'disruptionsAllowed') ?? 0;
	const name = `PodDisruptionBudget ${pdb.metadata.name}`;
	if (allowed === 0) return say('no-disruption-allowed', 'warning', `${name} allows no disruption now: an eviction is refused`, ref);
	return say('disruptions-allowed', 'info', `${name} allows ${count(allowed, 'disruption')} now`, ref);
}

/** The budgets over the pods that a change restarts, deletes or evicts. */
export const disruptionRule: Rule = question => {
	const {before, after, fields, operation, surroundings} = question;
	if (before === null) return [];
	const labels = before.kind === 'Pod' ? before.metadata.labels : valueAt(before, 'spec', 'template', 'metadata', 'labels');
	const stopsPods =
		operation === 'delete' || (after !== null && (touches(fields, 'spec', 'template') || touches(fields, 'spec', 'replicas')));
	if (labels === undefined || !stopsPods) return [];
	return budgetsOf(surroundings, before.metadata.namespace, labels).map(pdb => ofBudget(pdb, question));
};
