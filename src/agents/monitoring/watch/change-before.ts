import {changeBefore as nearestChange} from '../../../analysis/bottleneck/cause-bottlenecks.ts';
import {graphOf} from '../../../analysis/detection/graph/dependents.ts';
import {surveyOf} from '../../../analysis/detection/survey.ts';
import type {Clock} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {readObjectsOfAll} from '../../incident/reading/read-snapshot.ts';
import {madeChanges} from '../performance/made-changes.ts';
import type {Pods} from '../performance/reader.ts';

/** A shape of forty rows may be noticed at its end. */
const lookBackMs = 3_600_000;
const stepMs = 60_000;

/** Looks for what somebody changed before a moment, as the cluster tells it then; nothing where it cannot be read. */
export const changesOf =
	(cluster: Cluster, {clock, signal}: {readonly clock: Clock; readonly signal: AbortSignal}) =>
	async ({ref, namespace}: Pods, atMs: number): Promise<{readonly at: string; readonly text: string} | undefined> => {
		try {
			const survey = surveyOf(await readObjectsOfAll(cluster, {namespace, nowMs: clock.now(), signal}));
			const changes = madeChanges(ref, {survey, graph: graphOf(survey)}, atMs - lookBackMs);
			const found = nearestChange({atMs}, {changes, stepMs});
			return found === undefined ? undefined : {at: new Date(found.atMs).toISOString(), text: found.text};
		} catch (error) {
			if (error instanceof MkcoaError) return undefined;
			throw error;
		}
	};
