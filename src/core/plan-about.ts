import type {Plan} from './plan.ts';

/** What is kept of a plan in short, so that whoever may see it is known, and told what it is, without the plan itself. */
export type PlanAbout = {
	readonly summary: string;
	/** Namespaces of all that it touches and tells of, each once; null for objects that are in none. */
	readonly namespaces: readonly (string | null)[];
};

/** As much of a summary as anybody shows in one line. */
const mostSummary = 500;

export function planAbout({
	summary,
	steps,
	changes,
	preconditions,
}: Pick<Plan, 'summary' | 'steps' | 'changes' | 'preconditions'>): PlanAbout {
	const refs = [
		...steps.flatMap(({writes, upkeep = [], snapshots = []}) => [...writes.map(({ref}) => ref), ...upkeep, ...snapshots]),
		...changes.map(({ref}) => ref),
		...preconditions.map(({ref}) => ref),
	];
	return {summary: summary.slice(0, mostSummary), namespaces: [...new Set(refs.map(({namespace}) => namespace ?? null))]};
}
