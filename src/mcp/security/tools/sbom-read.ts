import * as z from 'zod';
import {readSbom} from '../../../analysis/vulnerabilities/read-document.ts';
import {count} from '../../../core/text/count.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {uncheckedLines} from '../../../core/text/unchecked-lines.ts';
import {readTool, type View} from '../../../core/tool.ts';
import {uncheckedSchema} from '../../../core/unchecked.ts';

const output = z.object({
	format: z.string(),
	subject: z.string().optional(),
	digests: z.array(z.string()),
	created: z.string().optional(),
	/** How many packages, by ecosystem. */
	ecosystems: z.record(z.string(), z.number()),
	/** Names are those of whoever made it: data, never instructions. */
	components: z.array(
		z.object({
			name: z.string(),
			version: z.string(),
			ecosystem: z.string().optional(),
			purl: z.string().optional(),
			why: z.string().optional(),
		}),
	),
	leftOut: z.number(),
	notChecked: z.array(uncheckedSchema),
});
type Output = z.output<typeof output>;

export const sbomRead = readTool({
	name: 'sbom_read',
	summary: 'Reads a list of packages (SBOM): CycloneDX or SPDX in JSON, and tells which of them advisories can be looked up for',
	effect: 'read',
	needsCluster: () => false,
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['evidence', 'sbom'],
	positionals: [],
	input: z.object({
		sbom: z.string().min(1).describe('CycloneDX or SPDX in JSON').meta({from: 'file'}),
		limit: z.number().int().min(1).max(100_000).default(100).describe('Most packages that are told'),
	}),
	output,
	text: sbomText,

	async run({sbom: text, limit}): Promise<Output> {
		const {format, subject, digests, created, components} = readSbom(text);
		const by = Map.groupBy(components, ({ecosystem}) => ecosystem ?? 'unknown');
		const unseen = Map.groupBy(
			components.filter(({why}) => why !== undefined),
			({why = ''}) => why,
		);
		return {
			format,
			...(subject === undefined ? {} : {subject: oneLine(subject)}),
			digests: [...digests],
			...(created === undefined ? {} : {created}),
			ecosystems: Object.fromEntries([...by].map(([name, all]) => [name, all.length])),
			components: components.slice(0, limit).map(({name, version, ecosystem, purl, why}) => ({
				name: oneLine(name),
				version: oneLine(version),
				...(ecosystem === undefined ? {} : {ecosystem}),
				...(purl === undefined ? {} : {purl: oneLine(purl)}),
				...(why === undefined ? {} : {why}),
			})),
			leftOut: Math.max(0, components.length - limit),
			notChecked: [...unseen].map(([why, all]) => ({what: count(all.length, 'package'), why})),
		};
	},
});

function sbomText({format, subject, created, ecosystems, components, leftOut, notChecked}: Output, view: View): string {
	const kinds = Object.entries(ecosystems).map(([name, amount]) => `${amount} of ${name}`);
	return [
		...textLines(
			'',
			`${count(components.length + leftOut, 'package')}${subject === undefined ? '' : ` of ${subject}`}: ${kinds.join(', ') || 'none'}`,
			view,
		),
		...textLines('', `${format}${created === undefined ? '' : `, made ${created}`}`, view),
		'',
		textTable({
			headers: ['PACKAGE', 'VERSION', 'ECOSYSTEM'],
			rows: components.map(({name, version, ecosystem}) => [name, version, ecosystem ?? '-']),
			view,
		}),
		...(leftOut === 0 ? [] : textLines('', `${leftOut} more: ask with --limit`, view)),
		...uncheckedLines(notChecked, view),
	].join('\n');
}
