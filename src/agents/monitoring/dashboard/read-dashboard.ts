import type * as z from 'zod';
import type {Context} from '../../../core/tool.ts';
import type {Metrics} from '../../../mcp/monitoring/port.ts';
import {durationOf} from '../duration-of.ts';
import {rolledOutAt} from '../logs/rolled-out-at.ts';
import {demandMarkedMetrics} from '../marked-metrics.ts';
import {chooseSampling, type Sampling} from '../metrics/choose-step.ts';
import {scopeOf} from '../metrics/measures.ts';
import {requestSeries} from '../metrics/request-measures.ts';
import type {subjectInput} from '../metrics/subject.ts';
import type {MonitoringPorts} from '../ports.ts';
import {type CheckedPanels, checkPanels} from './check-panels.ts';
import {type DashboardSubject, dashboardSubject, subjectTitle} from './dashboard-subject.ts';
import {namespaceVariable, type PanelDraft} from './panel.ts';
import {namespacePanels} from './panels/namespace-panels.ts';
import {nodePanels} from './panels/node-panels.ts';
import {podPanels} from './panels/pod-panels.ts';
import {replicaPanels} from './panels/replica-panel.ts';
import {requestPanels} from './panels/request-panels.ts';

/** A dashboard whose every query was answered, and what was left out of it. */
export type ReadDashboard = CheckedPanels & {
	readonly subject: DashboardSubject;
	readonly title: string;
	readonly context: string;
	readonly source: string;
	readonly sampling: Sampling;
	/** When the version that runs began; undefined for what nobody rolls out. */
	readonly rolledOutMs: number | undefined;
};

type Drafts = {readonly drafts: readonly PanelDraft[]; readonly lacking: CheckedPanels['leftOut']};

/** The panels that suit what the dashboard is about. */
async function draftsFor(subject: DashboardSubject, metrics: Metrics): Promise<Drafts> {
	if (subject.kind === 'namespace') return {drafts: namespacePanels(), lacking: []};
	if (subject.kind === 'nodes') return {drafts: nodePanels(subject.ref?.name), lacking: []};
	const found = await requestSeries({metrics, subject});
	const why = 'no counter or histogram of a usual library or mesh is scraped from its pods';
	return {
		drafts: [
			...requestPanels(found, subject),
			...replicaPanels(subject.ref),
			...podPanels(scopeOf({...subject, namespace: namespaceVariable})),
		],
		lacking: [
			...(found.requests === undefined ? [{what: 'Requests and errors', why}] : []),
			...(found.histogram === undefined ? [{what: 'Latency', why}] : []),
		],
	};
}

type Wish = z.output<typeof subjectInput> & {readonly since: string; readonly stepMs?: number | undefined};

/** Panels of a section beside each other, the sections as they come first. */
const bySection = (drafts: readonly PanelDraft[]) => [...Map.groupBy(drafts, ({section}) => section).values()].flat();

/** Reads what a dashboard shows, every query checked. */
export async function readDashboard(
	{target, namespace, since, stepMs}: Wish,
	{ports, emit}: Pick<Context<MonitoringPorts>, 'ports' | 'emit'>,
): Promise<ReadDashboard> {
	const {cluster} = ports;
	const [{context}, subject] = await Promise.all([cluster.target(namespace), dashboardSubject(cluster, {target, namespace})]);
	const metrics = await demandMarkedMetrics(ports);
	emit({kind: 'progress', text: `Asking ${metrics.source}`});
	const sampling = await chooseSampling(metrics, durationOf(since), {stepMs});
	const {drafts, lacking} = await draftsFor(subject, metrics);
	emit({kind: 'progress', text: `Checking ${drafts.length} panels against ${metrics.source}`});
	const [{panels, leftOut}, rolledOutMs] = await Promise.all([
		checkPanels(bySection(drafts), {metrics, sampling, namespace: subject.kind === 'nodes' ? '' : subject.namespace}),
		subject.kind === 'pods' ? rolledOutAt(cluster, subject.pods) : undefined,
	]);
	return {
		...{subject, title: subjectTitle(subject), context, source: metrics.source, sampling, panels, rolledOutMs},
		leftOut: [...lacking, ...leftOut, ...metrics.missing()],
	};
}
