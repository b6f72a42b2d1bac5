import * as z from 'zod';
import {textTable} from '../../../core/text/text-table.ts';
import {readTool} from '../../../core/tool.ts';
import {fittingRows, offsetOf} from '../model/fitting-rows.ts';
import {command, cursorField, limitField, type OnCluster, readOnly} from '../tool-input.ts';

export const apiResourcesList = readTool({
	name: 'api_resources_list',
	summary: 'Lists the kinds that the cluster serves, custom ones too',
	effect: 'read',
	annotations: readOnly,
	command: command('api-resources'),
	positionals: ['match'],
	input: z.object({
		match: z.string().max(100).optional().describe('Part of the kind, plural, group or category'),
		limit: limitField(100),
		cursor: cursorField,
	}),
	output: z.object({
		kinds: z.array(
			z.object({
				plural: z.string(),
				shortNames: z.array(z.string()),
				apiVersion: z.string(),
				kind: z.string(),
				namespaced: z.boolean(),
				verbs: z.array(z.string()),
			}),
		),
		total: z.number(),
		cursor: z.string().optional(),
	}),
	async run({match = '', limit, cursor}, {ports: {cluster}}: OnCluster) {
		const word = match.toLowerCase();
		const found = (await cluster.types())
			.filter(({plural, kind, apiVersion, shortNames, categories}) =>
				[plural, kind, apiVersion, ...shortNames, ...categories].some(text => text.toLowerCase().includes(word)),
			)
			.map(({plural, shortNames, apiVersion, kind, namespaced, verbs}) => ({
				plural,
				shortNames: [...shortNames],
				apiVersion,
				kind,
				namespaced,
				verbs: [...verbs],
			}));
		const offset = offsetOf(cursor);
		const kinds = fittingRows(found.slice(offset, offset + limit));
		const shown = offset + kinds.length;
		return {kinds: [...kinds], total: found.length, ...(shown < found.length ? {cursor: String(shown)} : {})};
	},
	text: ({kinds, total, cursor}, view) => {
		const rows = kinds.map(k => [k.plural, k.shortNames.join(','), k.apiVersion, k.namespaced ? 'yes' : 'no', k.kind]);
		const table = textTable({headers: ['NAME', 'SHORT', 'API VERSION', 'NAMESPACED', 'KIND'], rows, view});
		return cursor === undefined ? table : `${table}\n${total} in all; go on with --cursor ${cursor}`;
	},
});
