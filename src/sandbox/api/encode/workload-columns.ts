import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {ageOf, humanDuration} from './age.ts';
import type {Column} from './column.ts';
import {ageColumn, countAt, countColumn, labelsText, nameColumn, none, selectorText, wideColumns} from './common-columns.ts';

const template = ['spec', 'template'];

const desired = (object: KubeObject) => valueAt(object, 'spec', 'replicas') ?? 1;

/** `3/5` of what is wanted is ready. */
const readyColumn: Column = {
	name: 'Ready',
	cell: object => `${countAt(object, 'status', 'readyReplicas')}/${countAt(object, 'spec', 'replicas')}`,
};

const replicaColumns: readonly Column[] = [
	nameColumn,
	{name: 'Desired', type: 'integer', cell: desired},
	countColumn('Current', 'status', 'replicas'),
	countColumn('Ready', 'status', 'readyReplicas'),
	ageColumn,
];

const jobDuration = (job: KubeObject, now: number) => {
	const start = textAt(job, 'status', 'startTime');
	const end = textAt(job, 'status', 'completionTime');
	return start === undefined ? '' : humanDuration((end === undefined ? now : Date.parse(end)) - Date.parse(start));
};

function jobStatus(job: KubeObject): string {
	const is = (type: string) =>
		listAt(job, 'status', 'conditions').some(condition => textAt(condition, 'type') === type && textAt(condition, 'status') === 'True');
	if (is('Complete')) return 'Complete';
	if (is('Failed')) return 'Failed';
	if (job.metadata.deletionTimestamp !== undefined) return 'Terminating';
	if (is('Suspended')) return 'Suspended';
	if (is('FailureTarget')) return 'FailureTarget';
	return is('SuccessCriteriaMet') ? 'SuccessCriteriaMet' : 'Running';
}

function completions(job: KubeObject): string {
	const succeeded = countAt(job, 'status', 'succeeded');
	const wanted = valueAt(job, 'spec', 'completions');
	if (typeof wanted === 'number') return `${succeeded}/${wanted}`;
	const parallel = countAt(job, 'spec', 'parallelism');
	return parallel > 1 ? `${succeeded}/1 of ${parallel}` : `${succeeded}/1`;
}

/** Columns by kind, in the order `kubectl get` shows them. */
export const workloadColumns: {readonly [kind: string]: readonly Column[]} = {
	Deployment: [
		nameColumn,
		readyColumn,
		{name: 'Up-to-date', cell: object => countAt(object, 'status', 'updatedReplicas')},
		{name: 'Available', cell: object => countAt(object, 'status', 'availableReplicas')},
		ageColumn,
		...wideColumns(template, selectorText),
	],
	ReplicaSet: [...replicaColumns, ...wideColumns(template, selectorText)],
	ReplicationController: [...replicaColumns, ...wideColumns(template, object => labelsText(objectAt(object, 'spec', 'selector')))],
	StatefulSet: [nameColumn, readyColumn, ageColumn, ...wideColumns(template)],
	DaemonSet: [
		nameColumn,
		countColumn('Desired', 'status', 'desiredNumberScheduled'),
		countColumn('Current', 'status', 'currentNumberScheduled'),
		countColumn('Ready', 'status', 'numberReady'),
		countColumn('Up-to-date', 'status', 'updatedNumberScheduled'),
		countColumn('Available', 'status', 'numberAvailable'),
		{name: 'Node Selector', cell: object => labelsText(objectAt(object, 'spec', 'template', 'spec', 'nodeSelector'))},
		ageColumn,
		...wideColumns(template, selectorText),
	],
	Job: [
		nameColumn,
		{name: 'Status', cell: jobStatus},
		{name: 'Completions', cell: completions},
		{name: 'Duration', cell: jobDuration},
		ageColumn,
		...wideColumns(template, selectorText),
	],
	CronJob: [
		nameColumn,
		{name: 'Schedule', cell: object => textAt(object, 'spec', 'schedule') ?? none},
		{name: 'Timezone', cell: object => textAt(object, 'spec', 'timeZone') ?? none},
		{name: 'Suspend', type: 'boolean', cell: object => (valueAt(object, 'spec', 'suspend') === true ? 'True' : 'False')},
		{name: 'Active', type: 'integer', cell: object => listAt(object, 'status', 'active').length},
		{
			name: 'Last Schedule',
			cell: (object, now) => {
				const last = textAt(object, 'status', 'lastScheduleTime');
				return last === undefined ? none : ageOf(last, now);
			},
		},
		ageColumn,
		...wideColumns(['spec', 'jobTemplate', 'spec', 'template'], object =>
			labelsText(objectAt(object, 'spec', 'jobTemplate', 'spec', 'selector', 'matchLabels')),
		),
	],
};
