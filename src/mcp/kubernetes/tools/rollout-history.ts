import * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {sinceText} from '../../../core/text/age.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {readTool} from '../../../core/tool.ts';
import {findObject, workloadWords} from '../find-object.ts';
import {revisionsOf} from '../model/revisions.ts';
import {plainLine} from '../model/untrusted-text.ts';
import {restartableKinds} from '../model/workload-status.ts';
import {everyObject} from '../read-neighbours.ts';
import {command, limitField, namespaceField, type OnCluster, readOnly, workloadField} from '../tool-input.ts';

export const rolloutHistory = readTool({
	name: 'rollout_history',
	summary: 'Lists the revisions of a workload with images, change cause and age, newest last',
	effect: 'read',
	annotations: readOnly,
	command: command('history'),
	positionals: ['workload'],
	input: z.object({workload: workloadField, namespace: namespaceField, limit: limitField(20, 100)}),
	output: z.object({
		workload: z.string(),
		revisions: z.array(
			z.object({
				number: z.number(),
				source: z.string(),
				images: z.array(z.string()),
				cause: z.string(),
				created: z.string(),
				current: z.boolean(),
				pods: z.number(),
			}),
		),
		leftOut: z.number(),
	}),
	async run({workload, namespace, limit}, {ports: {cluster}}: OnCluster) {
		const {object, ref} = await findObject(cluster, {...workloadWords(workload), namespace});
		if (!restartableKinds.has(ref.kind))
			throw new MkcoaError({
				kind: 'usage',
				code: 'no-history',
				what: `${refText(ref)} keeps no revisions`,
				why: 'only Deployments, StatefulSets and DaemonSets do',
				next: 'Name one of these, such as statefulset/db',
			});
		const type = await cluster.typeOf(ref.kind === 'Deployment' ? 'replicasets.apps' : 'controllerrevisions.apps');
		const objects = await everyObject(cluster, {type, namespace: ref.namespace});
		const history = objects.map(item => ({...item, apiVersion: type.apiVersion, kind: type.kind}));
		const revisions = revisionsOf(object, history);
		return {
			workload: refText(ref),
			revisions: revisions
				.slice(-limit)
				.map(({images, cause, ...revision}) => ({...revision, images: [...images], cause: plainLine(cause)})),
			leftOut: Math.max(0, revisions.length - limit),
		};
	},
	text: ({workload, revisions, leftOut}, view) => {
		if (revisions.length === 0) return `${workload} has no revisions yet`;
		const rows = revisions.map(r => [
			r.number,
			r.current ? 'current' : '',
			r.pods,
			sinceText(r.created, view),
			r.images.join(' '),
			r.cause,
		]);
		const table = textTable({headers: ['REVISION', '', 'PODS', view.terminal ? 'AGE' : 'CREATED', 'IMAGES', 'CAUSE'], rows, view});
		return leftOut === 0 ? `${workload}\n${table}` : `${workload}\n${leftOut} older ones left out: --limit\n${table}`;
	},
});
