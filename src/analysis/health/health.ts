export type HealthStatus = 'Healthy' | 'Progressing' | 'Degraded' | 'Suspended' | 'Missing' | 'Unknown';

/** How an object does, in the words that Argo CD made common; `message` says why, as a controller wrote it, and may be empty. */
export type Health = {readonly status: HealthStatus; readonly message: string};

/** What told it: a kind may have words of its own for each. */
export type HealthSource = 'deletion' | 'generation' | 'pause' | 'condition' | 'part' | 'word' | 'count' | 'no-status' | 'nothing';

/**
 * `part`: what of the object it is about. `mild`: only what else is known tells whether it is broken or on its way. `isNone`: of what is
 * counted there is nothing at all.
 */
export type Finding = Health & {
	readonly from: HealthSource;
	readonly mild?: boolean;
	readonly part?: string;
	readonly isNone?: boolean;
};

/** From what a person must see first to what is well. Of `Unknown` another word makes something better. */
const gravity: readonly HealthStatus[] = ['Degraded', 'Missing', 'Suspended', 'Progressing', 'Healthy', 'Unknown'];

/** The gravest; of equal ones the first. What is only mildly grave gives way to what is on its way, or known to be well. Undefined for none. */
export function gravest(found: readonly Finding[]): Finding | undefined {
	const byGravity = found.toSorted((a, b) => gravity.indexOf(a.status) - gravity.indexOf(b.status));
	const [first] = byGravity;
	if (first?.mild !== true) return first;
	const certain = byGravity.filter(({mild}) => mild !== true);
	return (first.status === 'Degraded' ? certain.find(({status}) => status !== 'Healthy' && status !== 'Unknown') : certain[0]) ?? first;
}
