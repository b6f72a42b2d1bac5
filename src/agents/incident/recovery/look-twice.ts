import {containerStates} from '../../../analysis/diagnosis/container-state.ts';
import {sleep} from '../../../core/clock.ts';
import {type Ref, refOf} from '../../../core/kube/kube-object.ts';
import type {Context} from '../../../core/tool.ts';
import type {IncidentPorts} from '../ports.ts';
import {type Look, lookAt} from './look.ts';

/** Between the looks, ten seconds in all: a container that keeps ending waits for its next start, or has just had it. */
const pausesMs = [2000, 3000, 5000];

/** Who ended longer ago has got over it. */
const recentMs = 5 * 60_000;

/** What moves, and nobody can tell yet how it ends: rollouts, and who keeps containers that were started again a moment ago. */
function unsettled({detection, survey}: Look): readonly Ref[] {
	const restarted = containerStates(survey.all('Pod')).filter(
		({restarts, endedAt}) => restarts > 0 && survey.nowMs - Date.parse(endedAt) < recentMs,
	);
	return [...detection.onTheirWay.map(({ref}) => ref), ...restarted.flatMap(({pod}) => [refOf(pod), refOf(survey.topOf(pod))])];
}

type Sought = {
	readonly isFound: (look: Look) => boolean;
	/** Whether an object is what a person asked about. */
	readonly isMeant: (ref: Ref) => boolean;
};

/** Looks until something is found, or all is at rest: what comes and goes may be well at the moment of one look. */
export async function lookTwice(namespace: string | undefined, {isFound, isMeant}: Sought, context: Context<IncidentPorts>): Promise<Look> {
	let look = await lookAt(namespace, context);
	for (const pauseMs of pausesMs) {
		if (isFound(look) || !unsettled(look).some(isMeant)) return look;
		context.emit({kind: 'progress', text: 'Nothing is found wrong, and not all is at rest: looking again'});
		await sleep(context.clock, pauseMs, context.signal);
		look = await lookAt(namespace, context);
	}
	return look;
}
