import {type Difference, differences} from './differences.ts';
import {normalise} from './normalise.ts';
import type {Recorded} from './record.ts';

const perRow = 15;

/** Markdown: one section per row that differs, with both answers. */
export function report(real: readonly Recorded[], embedded: readonly Recorded[]): {readonly text: string; readonly differing: number} {
	const sections = real.flatMap((answer, index) => {
		const other = embedded[index];
		return other === undefined ? [] : section(answer, other);
	});
	const text = `# Where the embedded API server answers differently\n\n${real.length} requests, ${sections.length} differ.\n\n${sections.join('\n')}`;
	return {text, differing: sections.length};
}

function section(real: Recorded, embedded: Recorded): readonly string[] {
	const found = differences(comparable(real), comparable(embedded));
	if (found.length === 0) return [];
	const {as, method = 'GET', path, headers, body} = real.asked;
	const lines = [
		`## ${real.name}`,
		`\`${as}: ${method} ${path}\`${headers ? ` ${JSON.stringify(headers)}` : ''}${body === undefined ? '' : `\n\`${short(body)}\``}`,
		...found.slice(0, perRow).map(line),
		...(found.length > perRow ? [`- and ${found.length - perRow} more`] : []),
	];
	return [`${lines.join('\n')}\n`];
}

const comparable = ({status, warning, body, late}: Recorded) => ({status, warning: normalise(warning), late, body: normalise(body)});
const line = ({path, real, embedded}: Difference) => `- \`${path}\`: real \`${short(real)}\`, embedded \`${short(embedded)}\``;
const short = (value: unknown) => {
	const text = JSON.stringify(value) ?? 'nothing';
	return text.length > 400 ? `${text.slice(0, 400)} …` : text;
};
