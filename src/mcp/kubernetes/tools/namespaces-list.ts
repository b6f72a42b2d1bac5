import * as z from 'zod';
import {sinceText} from '../../../core/text/age.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {readTool} from '../../../core/tool.ts';
import {wordAt} from '../model/fields.ts';
import {fittingRows} from '../model/fitting-rows.ts';
import {everyObject} from '../read-neighbours.ts';
import {command, limitField, type OnCluster, readOnly} from '../tool-input.ts';

export const namespacesList = readTool({
	name: 'namespaces_list',
	summary: 'Lists namespaces with their phase and Pod Security level',
	effect: 'read',
	annotations: readOnly,
	command: command('namespaces'),
	positionals: [],
	input: z.object({limit: limitField(200)}),
	output: z.object({
		namespaces: z.array(z.object({name: z.string(), phase: z.string(), podSecurity: z.string(), created: z.string()})),
		total: z.number(),
		leftOut: z.number(),
	}),
	async run({limit}, {ports: {cluster}}: OnCluster) {
		const found = await everyObject(cluster, {type: await cluster.typeOf('namespaces')});
		const rows = found.map(namespace => ({
			name: namespace.metadata.name,
			phase: wordAt(namespace, 'status', 'phase'),
			podSecurity: namespace.metadata.labels?.['pod-security.kubernetes.io/enforce'] ?? '',
			created: namespace.metadata.creationTimestamp ?? '',
		}));
		const kept = fittingRows(rows.slice(0, limit));
		return {namespaces: [...kept], total: rows.length, leftOut: rows.length - kept.length};
	},
	text: ({namespaces, leftOut}, view) => {
		const rows = namespaces.map(n => [n.name, n.phase, n.podSecurity, sinceText(n.created, view)]);
		const table = textTable({headers: ['NAME', 'STATUS', 'POD SECURITY', view.terminal ? 'AGE' : 'CREATED'], rows, view});
		return leftOut === 0 ? table : `${table}\n${leftOut} more: --limit ${namespaces.length + leftOut}`;
	},
});
