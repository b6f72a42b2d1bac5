import type {Finding} from '../../core/finding.ts';
import {refText} from '../../core/kube/kube-object.ts';
import {planAbout} from '../../core/plan-about.ts';
import {someOf} from '../../core/text/count.ts';
import {planLines} from '../../core/text/plan-lines.ts';
import {lineText} from '../../core/text/styled.ts';
import type {EdgeCall, EdgeTool} from '../../mcp/edge/edge-tool.ts';
import {asData, type EdgeResource} from '../../mcp/edge/resources.ts';
import {usableTool} from '../../mcp/edge/usable-tool.ts';
import {namedObject} from '../screens/named-object.ts';
import {readIncident} from '../screens/read-incident.ts';
import {redactedFinding} from '../screens/redacted-finding.ts';
import type {SessionOf} from './caller-sessions.ts';
import {mayReadPlan} from './may-read-plan.ts';

type Around = {readonly tools: readonly EdgeTool[]; readonly sessionOf: SessionOf; readonly now: () => number};

const readAny = {effect: 'read'} as const;
const readDeploy = {effect: 'read', toolset: 'deploy'} as const;
const readKubernetes = {effect: 'read', toolset: 'kubernetes'} as const;

/** What a client reads by its address: the same as tools and screens tell. */
export const edgeResources = ({tools, sessionOf, now}: Around): readonly EdgeResource[] => [
	{
		uri: 'mkcoa://cluster',
		name: 'cluster',
		title: 'Cluster',
		description: 'What the cluster is: versions, room, ways in, controllers, owners',
		needs: readDeploy,
		text: async (_, call) => told(tools, 'analyze_environment', {}, call),
	},
	{
		uri: 'mkcoa://workloads/{namespace}/{kind}/{name}',
		name: 'workload',
		title: 'Workload',
		description: 'How far a workload is, and why a pod does not run',
		needs: readDeploy,
		text: async ({namespace = '', kind, name}, call) => told(tools, 'deployment_status', {namespace, name: `${kind}/${name}`}, call),
	},
	{
		uri: 'mkcoa://incidents/{namespace}/{name}',
		name: 'incident',
		title: 'Incident report',
		description: 'What is wrong with a thing: the chain of causes with evidence, remedies, and what was not looked at',
		needs: readKubernetes,
		text: async ({namespace, name}, {signal, caller}) => {
			if (usableTool(tools, 'resource_describe', caller) === undefined) return undefined;
			const opened = await sessionOf(caller, readKubernetes);
			const about = await namedObject(`${namespace}/${name}`, opened.cluster, signal);
			const {title, state, since, chain, others} = await readIncident({session: opened, about, nowMs: now(), signal});
			const {redact} = opened;
			const facts = redact([title, ...(state === undefined ? [] : [state]), ...(since === undefined ? [] : [`Since ${since}`])]);
			const findings = [...chain, ...others].map(each => findingText(redactedFinding(each, redact)));
			const report = [...facts, ...(findings.length === 0 ? ['Nothing is wrong that mkcoa looked at'] : findings)];
			return asData('incidents of mkcoa', report.join('\n'));
		},
	},
	{
		uri: 'mkcoa://plans/{id}',
		name: 'plan',
		title: 'Plan',
		description: 'A plan of yours that waits: what it changes, its risk and its way back',
		needs: readAny,
		text: async ({id = ''}, {caller}) => {
			const {waiting} = (await sessionOf(caller, readAny)).state;
			// By its id alone, and before it is looked for by anything else: what is said of several of one digest would name those of others.
			if ((await waiting.answer(id))?.maker?.principal !== caller.principal) return undefined;
			const found = await waiting.find(id);
			if (found === undefined || !mayReadPlan(caller, planAbout(found.plan))) return undefined;
			return asData('plans of mkcoa', planLines(found.plan, found.digest, Number.POSITIVE_INFINITY).map(lineText).join('\n'));
		},
	},
];

/** The text that a tool answers, for those who may use it. */
async function told(tools: readonly EdgeTool[], name: string, input: {readonly [field: string]: string}, call: EdgeCall) {
	const tool = usableTool(tools, name, call.caller);
	if (tool === undefined) return undefined;
	const {content} = (await tool.call(input, call)) as {readonly content: readonly {readonly type: string; readonly text?: string}[]};
	return content.map(({text = ''}) => text).join('\n');
}

const findingText = ({status, severity, resource, cause, evidence, impact = [], remedy, choices, why}: Finding): string =>
	[
		`- ${status === 'fail' ? severity : status}: ${resource === undefined ? '' : `${refText(resource)}: `}${cause}${why === undefined ? '' : ` (${why})`}`,
		...evidence.map(({source, detail}) => `  seen in ${source}: ${detail}`),
		...(impact.length === 0 ? [] : [`  hits ${someOf(impact.map(refText), 6)}`]),
		...(choices ?? (remedy === undefined ? [] : [remedy])).map(
			({tool, text, command}) => `  remedy (${tool}): ${text}${command === undefined ? '' : `; ${command}`}`,
		),
	].join('\n');
