import {numberAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {count} from '../../../core/text/count.ts';
import {brokenReferences} from './broken-references.ts';
import {keyOf, type RehearsalFinding, type World} from './copy-world.ts';
import {podTroubles} from './pod-troubles.ts';
import {overlapsOf} from './selector-overlaps.ts';
import {larger, requestsOf, surge} from './surge.ts';

/** One write that the rehearsal's cluster saw. */
export type Seen = {readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: KubeObject};

/**
 * Looks at every write of a rehearsal, from the moment when the copy has come to rest, and keeps what a person should know.
 * @param start the objects at that moment
 */
export function observeRehearsal(namespace: string, start: readonly KubeObject[]) {
	const world: World = new Map(start.map(object => [keyOf(object), object]));
	const troubles = podTroubles(start);
	const references = brokenReferences(new Map(world));
	const budgets = new Map<string, number>();
	const overlaps = new Map<string, RehearsalFinding>();
	const startUse = requestsOf(world);
	let peak = startUse;

	return {
		see({type, object}: Seen) {
			if (object.metadata.namespace !== namespace) return;
			if (type === 'DELETED') world.delete(keyOf(object));
			else {
				world.set(keyOf(object), object);
				troubles.see(object);
				references.see(object, world);
			}
			if (object.kind === 'Pod') peak = larger(peak, requestsOf(world));
			if (object.kind === 'PodDisruptionBudget') noteBudget(object);
			if (type === 'ADDED') for (const each of overlapsOf(object, world)) overlaps.set(each.text, each);
		},
		/** What was seen, the worst first. */
		findings(): readonly RehearsalFinding[] {
			const all = [
				...references.findings(world),
				...troubles.findings(world),
				...overlaps.values(),
				...budgetFindings(budgets),
				surge(startUse, peak),
			];
			return all.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
		},
	};

	function noteBudget(budget: KubeObject) {
		const allowed = numberAt(budget, 'status', 'disruptionsAllowed');
		if (allowed === undefined) return;
		const {name} = budget.metadata;
		budgets.set(name, Math.min(allowed, budgets.get(name) ?? Number.POSITIVE_INFINITY));
	}
}

const levels = ['bad', 'mind', 'fine'];

const budgetFindings = (budgets: ReadonlyMap<string, number>): readonly RehearsalFinding[] =>
	[...budgets].map(([name, allowed]) =>
		allowed > 0
			? {id: 'budget', level: 'fine', text: `PodDisruptionBudget ${name} allows ${count(allowed, 'eviction')} at every moment`}
			: {
					id: 'budget',
					level: 'mind',
					text: `PodDisruptionBudget ${name} allows no eviction at some moment: a node drain would wait meanwhile`,
				},
	);
