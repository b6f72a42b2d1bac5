import type {Json} from '../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {ageOf} from './age.ts';
import type {Column} from './column.ts';
import {ageColumn, countAt, countColumn, nameColumn, none, textColumn} from './common-columns.ts';

const limit = (name: string, field: string): Column => ({
	name,
	cell: object => {
		const value = valueAt(object, 'spec', field);
		return value === undefined ? 'N/A' : String(value);
	},
});

/** `cpu: 12%/80%, memory: <unknown>/1Gi`: each metric with what was measured and what is wanted. */
function targets(autoscaler: KubeObject): string {
	const current = listAt(autoscaler, 'status', 'currentMetrics');
	const texts = listAt(autoscaler, 'spec', 'metrics').map((metric, index) => target(metric, current[index]));
	if (texts.length === 0) return none;
	return texts.length <= 2 ? texts.join(', ') : `${texts.slice(0, 2).join(', ')} + ${texts.length - 2} more...`;
}

function target(metric: Json, current: Json | undefined): string {
	const type = textAt(metric, 'type') ?? '';
	const field = type === 'ContainerResource' ? 'containerResource' : type === '' ? '' : `${type[0]?.toLowerCase()}${type.slice(1)}`;
	const wanted = objectAt(metric, field, 'target');
	const measured = objectAt(current, field, 'current');
	const name = textAt(metric, field, 'name');
	const label = type === 'Resource' || type === 'ContainerResource' ? `${name}: ` : '';
	if (wanted.averageUtilization !== undefined) {
		const now = measured.averageUtilization;
		return `${label}${now === undefined ? '<unknown>' : `${String(now)}%`}/${String(wanted.averageUtilization)}%`;
	}
	const isAverage = wanted.averageValue !== undefined;
	const now = isAverage ? measured.averageValue : measured.value;
	const suffix = isAverage && label === '' ? ' (avg)' : '';
	return `${label}${now === undefined ? '<unknown>' : String(now)}/${String(wanted.averageValue ?? wanted.value)}${suffix}`;
}

function eventObject(event: KubeObject): string {
	const kind = (textAt(event, 'involvedObject', 'kind') ?? '').toLowerCase();
	return `${kind}/${textAt(event, 'involvedObject', 'name') ?? ''}`;
}

/** First sighting to last: how long ago, and for repeated events how often. */
function lastSeen(event: KubeObject, now: number): string {
	const series = textAt(event, 'series', 'lastObservedTime');
	const last = series ?? textAt(event, 'lastTimestamp') ?? textAt(event, 'eventTime');
	return ageOf(last, now);
}

const firstSeen = (event: KubeObject, now: number) => ageOf(textAt(event, 'firstTimestamp') ?? textAt(event, 'eventTime'), now);

/** Columns of autoscalers, disruption budgets and events. */
export const policyColumns: {readonly [kind: string]: readonly Column[]} = {
	HorizontalPodAutoscaler: [
		nameColumn,
		{
			name: 'Reference',
			cell: object => `${textAt(object, 'spec', 'scaleTargetRef', 'kind')}/${textAt(object, 'spec', 'scaleTargetRef', 'name')}`,
		},
		{name: 'Targets', cell: targets},
		{name: 'MinPods', cell: object => String(valueAt(object, 'spec', 'minReplicas') ?? '<unset>')},
		{name: 'MaxPods', cell: object => countAt(object, 'spec', 'maxReplicas')},
		{name: 'Replicas', cell: object => countAt(object, 'status', 'currentReplicas')},
		ageColumn,
	],
	PodDisruptionBudget: [
		nameColumn,
		limit('Min Available', 'minAvailable'),
		limit('Max Unavailable', 'maxUnavailable'),
		countColumn('Allowed Disruptions', 'status', 'disruptionsAllowed'),
		ageColumn,
	],
	Event: [
		{name: 'Last Seen', cell: lastSeen},
		textColumn('Type', ['type'], ''),
		textColumn('Reason', ['reason'], ''),
		{name: 'Object', cell: eventObject},
		{...textColumn('Subobject', ['involvedObject', 'fieldPath'], ''), wide: true},
		{
			name: 'Source',
			wide: true,
			cell: event => {
				const component = textAt(event, 'source', 'component') || textAt(event, 'reportingComponent') || '';
				const host = textAt(event, 'source', 'host');
				return host ? `${component}, ${host}` : component;
			},
		},
		{name: 'Message', cell: event => (textAt(event, 'message') ?? '').trim()},
		{name: 'First Seen', wide: true, cell: firstSeen},
		{name: 'Count', wide: true, cell: event => countAt(event, 'series', 'count') || countAt(event, 'count') || 1},
		{...nameColumn, wide: true},
	],
};
