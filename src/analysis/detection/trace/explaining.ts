import {type Ref, refKey} from '../../../core/kube/kube-object.ts';
import type {Incident} from '../incident.ts';

/** An object with what stands for it: behind a Service or a pod the workload. The object itself is the first. */
export type Along = readonly [Ref, ...Ref[]];

const holds = (refs: readonly Ref[], keys: ReadonlySet<string>) => refs.some(ref => keys.has(refKey(ref)));

const keysOf = (refs: readonly Ref[]): ReadonlySet<string> => new Set(refs.map(refKey));

/** Where an incident is seen, beside where its cause lies. */
const seenIn = ({symptoms, cause}: Incident) => [...symptoms.map(({resource}) => resource), ...(cause.hurts ?? [])];

const isGrave = ({severity}: Incident) => severity === 'critical' || severity === 'high';

/** How directly an incident explains how an object is; undefined where it does not. What only could hurt later explains nothing of what is well. */
function nearness(incident: Incident, [target, ...others]: Along, isSick: boolean): number | undefined {
	const {resource} = incident.cause;
	const own = keysOf([target]);
	if (holds([resource], own)) return 0;
	if (!isSick && !isGrave(incident)) return undefined;
	if (holds(seenIn(incident), own)) return 0;
	if (holds([resource, ...seenIn(incident)], keysOf(others))) return 1;
	return isSick && isGrave(incident) && holds(incident.impact, own) ? 2 : undefined;
}

/**
 * The incidents that explain how an object is, the most direct first; of those that are as direct the gravest.
 * @param incidents gravest first
 * @param isSick whether it shows that it is not well
 */
export const explaining = (incidents: readonly Incident[], along: Along, isSick: boolean): readonly Incident[] =>
	incidents
		.flatMap(incident => {
			const steps = nearness(incident, along, isSick);
			return steps === undefined ? [] : [{incident, steps}];
		})
		.toSorted((a, b) => a.steps - b.steps)
		.map(({incident}) => incident);

/** Whether an incident lies in one of these objects, or shows in one. */
export const liesIn = (incident: Incident, refs: readonly Ref[]): boolean =>
	holds([incident.cause.resource, ...incident.symptoms.map(({resource}) => resource)], keysOf(refs));

/** Whether an object suffers from an incident, or would. */
export const hits = ({impact}: Incident, ref: Ref): boolean => holds(impact, keysOf([ref]));
