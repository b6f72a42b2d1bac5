import type {Metrics} from '../../../../mcp/monitoring/port.ts';
import {podPattern} from '../../../series/pod-pattern.ts';
import type {DashboardSubject} from '../dashboard-subject.ts';
import {concreteQuery, namespaceVariable} from '../panel.ts';

/** Marks on a dashboard: milliseconds since 1970 as values, one for each version, named by its ReplicaSet. */
export type Marks = {readonly name: string; readonly promql: string; readonly title: string};

/**
 * When the versions of a Deployment began, as their ReplicaSets tell through kube-state-metrics. Undefined for other kinds, and where no series
 * answers.
 */
export async function rolloutMarks(metrics: Metrics, subject: DashboardSubject, window: string): Promise<Marks | undefined> {
	if (subject.kind !== 'pods' || subject.ref.kind !== 'Deployment') return undefined;
	// Names of its pods without what tells pods of one version apart.
	const sets = subject.names.map(name => name.slice(0, name.lastIndexOf('-')));
	const promql = `max by (replicaset) (kube_replicaset_created{namespace="${namespaceVariable}",replicaset=~"${podPattern(sets)}"}) * 1000`;
	const answer = await metrics.query(concreteQuery(promql, {namespace: subject.namespace, window}));
	return answer.length === 0 ? undefined : {name: 'Rollouts', promql, title: '{{replicaset}}'};
}
