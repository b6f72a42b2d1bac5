import * as z from 'zod';
import {detecting} from '../../../analysis/detection/detect.ts';
import {graphOf} from '../../../analysis/detection/graph/dependents.ts';
import {caseOf} from '../../../analysis/diagnosis/case.ts';
import {crashingContainers} from '../../../analysis/diagnosis/crash-causes.ts';
import {healthOf} from '../../../analysis/health/health-of.ts';
import {rankCauses} from '../../../analysis/root-cause/rank-causes.ts';
import {beginOf} from '../../../analysis/root-cause/setting.ts';
import type {Suspect} from '../../../analysis/root-cause/suspect.ts';
import {symptomsAnywhere} from '../../../analysis/root-cause/symptoms-anywhere.ts';
import {timelineOf} from '../../../analysis/timeline/timeline.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {type KubeObject, refOf} from '../../../core/kube/kube-object.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {lastWords} from '../../router/diagnose/last-words.ts';
import type {IncidentPorts, JournalPorts} from '../ports.ts';
import {inTurns} from '../reading/in-turns.ts';
import {readJournal} from '../reading/read-journal.ts';
import {surveyAround, targetInput, toldUnread} from '../reading/read-target.ts';
import {namedBySymptom} from '../reading/symptom-target.ts';
import {type RootCauses, rootCausesSchema} from '../root-causes-output.ts';
import {rootCausesText} from '../root-causes-text.ts';
import {toldIncident} from '../told-incident.ts';

/** More causes than these are a list, and no answer. */
const mostCauses = 8;
/** Bad signs of longer ago belong to another trouble. */
const recentMs = 24 * 3_600_000;

const notLookedAt = [
	{
		what: 'metrics (latency, errors, use)',
		why: 'this looks at objects, events and last lines; see mkcoa monitor performance',
	},
	{what: 'the audit log of the API server', why: 'it is kept outside of the cluster; who wrote what is told by managed fields'},
];

export const rootCauseAnalyze = readTool({
	name: 'root_cause_analyze',
	summary: 'Ranks why something is wrong: faults and changes before it, with grounds for and against each',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['incident', 'diagnose'],
	positionals: ['symptom'],
	input: z.object({
		symptom: z
			.array(checkedText(1000, /^[^\p{Cc}]+$/u, 'expected words without control characters'))
			.default([])
			.describe('What is wrong in words, or an object or alert by its name'),
		namespace: targetInput.shape.namespace,
	}),
	output: rootCausesSchema,
	text: rootCausesText,

	async run({symptom, namespace}, context: Context<IncidentPorts & JournalPorts>) {
		const {
			ports: {cluster, journal},
			clock,
			signal,
			emit,
		} = context;
		emit({kind: 'progress', text: 'Looking at the cluster'});
		const nowMs = clock.now();
		const [survey, entries, types] = await Promise.all([
			surveyAround(cluster, {namespace, nowMs, signal}),
			readJournal(cluster, journal),
			cluster.types(),
		]);
		const {incidents, notChecked} = await inTurns(detecting(survey), signal);
		const [object] = namedBySymptom(symptom, {survey, types, home: namespace ?? cluster.namespace, namespace});
		const unchecked = [
			...notLookedAt,
			...toldUnread(survey.snapshot.unread),
			...notChecked.filter(({what}) => !/^\w+ in |^\w+ \(/.test(what)),
		];
		const said = {symptom: oneLine(symptom.join(' ')), notChecked: unchecked};
		if (object === undefined) return {...said, ...told(symptomsAnywhere(symptom, incidents, namespace)), lastWords: []};

		const target = refOf(object);
		const graph = graphOf(survey);
		const happenings = timelineOf(target, {survey, graph, journal: entries});
		const beganMs = beginOf(happenings, nowMs - recentMs);
		const words = await wordsOf(object, survey.scene(object.metadata.namespace ?? ''), cluster, signal);
		const {status, message} = healthOf(object);
		return {
			...said,
			target,
			state: plainLine(`${status}${message === '' ? '' : `: ${message}`}`),
			...(beganMs === undefined ? {} : {began: new Date(beganMs).toISOString()}),
			...told(rankCauses({target, survey, graph, incidents, happenings, beganMs, words})),
			lastWords: words.map(({origin, lines}) => ({origin, lines: [...lines]})),
		};
	},
});

type Scene = Parameters<typeof caseOf>[1];

const wordsOf = async (object: KubeObject, scene: Scene, cluster: Cluster, signal: AbortSignal) =>
	scene.namespace === '' ? [] : lastWords(crashingContainers(caseOf(object, scene)), scene.namespace, cluster, signal);

const told = (suspects: readonly Suspect[]) => ({
	causes: suspects.slice(0, mostCauses).map(toldSuspect),
	leftOut: Math.max(0, suspects.length - mostCauses),
});

const toldGrounds = (grounds: Suspect['for']) => grounds.map(({source, detail}) => ({source: oneLine(source), detail: plainLine(detail)}));

const toldSuspect = ({kind, resource, text, weight, for: pro, against, refutedBy, incident}: Suspect): RootCauses['causes'][number] => ({
	kind,
	resource,
	text: plainLine(text),
	weight: Math.round(weight * 100) / 100,
	for: toldGrounds(pro),
	against: toldGrounds(against),
	refutedBy: oneLine(refutedBy),
	...(incident === undefined ? {} : {incident: toldIncident(incident)}),
});
