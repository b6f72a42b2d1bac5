import {ownKinds} from '../snapshot-kinds.ts';
import type {Survey} from '../survey.ts';

const own = new Set<string>(ownKinds);

/** A survey whose faults are looked for in one namespace alone, where all else can still be found by its name: nothing that is elsewhere is taken for missing. */
export function focusOn(survey: Survey, namespace: string): Survey {
	return {
		...survey,
		snapshot: {...survey.snapshot, namespace},
		namespaces: [namespace],
		all: (kind, asked) => survey.all(kind, asked ?? (own.has(kind) ? namespace : undefined)),
		workloads: asked => survey.workloads(asked ?? namespace),
	};
}
