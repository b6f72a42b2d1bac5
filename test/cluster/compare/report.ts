import {accepted} from './accepted.ts';
import {type Difference, differences} from './differences.ts';
import {normalise} from './normalise.ts';
import type {Recorded} from './record.ts';

const perRow = 15;
const groups = {
	late: 'What should have come about did not',
	status: 'Another status code',
	refusal: 'Another refusal',
	body: 'Another body',
	managers: 'Only the managed fields differ',
} as const;
type Group = keyof typeof groups;

/** Markdown: the gravest differences first, one section per row with both answers. */
export function report(real: readonly Recorded[], embedded: readonly Recorded[]): {readonly text: string; readonly differing: number} {
	const found = real.flatMap((answer, index) => {
		const other = embedded[index];
		return other === undefined ? [] : compared(answer, other);
	});
	const known = accepted.map(({row, path, reason}) => `- ${String(row)}, \`${path.source}\`: ${reason}`);
	const byGroup = Map.groupBy(found, ({group}) => group);
	const kinds = Object.keys(groups) as Group[]; // Exactly the keys above.
	const summary = kinds.map(group => `- ${groups[group]}: ${byGroup.get(group)?.length ?? 0}`);
	const parts = kinds.flatMap(group => {
		const sections = byGroup.get(group) ?? [];
		return sections.length === 0 ? [] : [`## ${groups[group]}`, ...sections.map(({text}) => text)];
	});
	const title = `# Where the answers differ from a real API server\n\n${real.length} requests, ${found.length} differ.\n`;
	const text = [title, ...summary, '', '## Accepted', ...known, '', ...parts].join('\n');
	return {text, differing: found.length};
}

function compared(real: Recorded, embedded: Recorded): readonly {readonly group: Group; readonly text: string}[] {
	const found = differences(comparable(real), comparable(embedded)).filter(difference => !isAccepted(real.name, difference));
	if (found.length === 0) return [];
	const group = groupOf(real, embedded, found);
	const told = group === 'status' || group === 'late' ? found.filter(({path}) => /^(status|body|body\.message)$/.test(path)) : found;
	return [{group, text: section(real, told)}];
}

const isAccepted = (name: string, {path, real, embedded}: Difference) =>
	accepted.some(
		({row, path: places, from}) =>
			(typeof row === 'string' ? row === name : row.test(name)) &&
			places.test(path) &&
			(from === undefined || String(real).split(from)[0] === String(embedded).split(from)[0]),
	);

function groupOf(real: Recorded, embedded: Recorded, found: readonly Difference[]): Group {
	if (embedded.late && !real.late) return 'late';
	if (real.status !== embedded.status) return 'status';
	if (real.status >= 400) return 'refusal';
	return found.every(({path}) => path.includes('managedFields')) ? 'managers' : 'body';
}

function section({name, asked: {as, method = 'GET', path, headers, body}}: Recorded, found: readonly Difference[]): string {
	const lines = [
		`### ${name}`,
		`\`${as}: ${method} ${path}\`${headers ? ` ${JSON.stringify(headers)}` : ''}${body === undefined ? '' : `\n\`${short(body)}\``}`,
		...found.slice(0, perRow).map(line),
		...(found.length > perRow ? [`- and ${found.length - perRow} more`] : []),
	];
	return `${lines.join('\n')}\n`;
}

const comparable = ({status, warning, body, late}: Recorded) => ({status, warning: normalise(warning), late, body: normalise(body)});
const line = ({path, real, embedded}: Difference) => `- \`${path}\`: real \`${short(real)}\`, here \`${short(embedded)}\``;
const short = (value: unknown) => {
	const text = JSON.stringify(value) ?? 'nothing';
	return text.length > 400 ? `${text.slice(0, 400)} …` : text;
};
