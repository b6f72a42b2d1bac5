import {type Detection, detect} from '../../../analysis/detection/detect.ts';
import {type Survey, surveyOf} from '../../../analysis/detection/survey.ts';
import type {Context} from '../../../core/tool.ts';
import type {IncidentPorts} from '../ports.ts';
import {readSnapshot} from '../reading/read-snapshot.ts';

/** A cluster as it was seen, and what is wrong in it. */
export type Look = {readonly survey: Survey; readonly detection: Detection};

/** Reads one namespace, or all of them, and looks for every fault. */
export async function lookAt(namespace: string | undefined, {ports, clock, signal}: Context<IncidentPorts>): Promise<Look> {
	const survey = surveyOf(await readSnapshot(ports.cluster, {namespace, nowMs: clock.now(), signal}));
	return {survey, detection: detect(survey)};
}
