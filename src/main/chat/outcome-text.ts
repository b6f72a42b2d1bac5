import {answerLines, remarkLines} from '../../commands/render/outcome-lines.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import type {Line} from '../../core/text/styled.ts';
import type {AnyTool, View} from '../../core/tool.ts';
import type {Ports} from '../ports.ts';

const written = (lines: readonly Line[]) => lines.map(line => line.map(({text}) => text).join('')).join('\n');

/** An outcome in words: what the tool answered, or the plan and what became of it. */
export function outcomeText(outcome: AnyOutcome, tool: AnyTool<Ports> | undefined, view: View): string {
	if (outcome.kind === 'done' && tool?.effect === 'read' && outcome.output !== undefined) return tool.text(outcome.output, view).trimEnd();
	const width = Number.POSITIVE_INFINITY;
	const lines = [...answerLines(outcome, width), ...remarkLines(outcome, {width, quiet: true, verbose: false})];
	return written(lines);
}
