import packageJson from '../../package.json' with {type: 'json'};
import type {Options} from '../commands/options.ts';
import {printOutcome} from '../commands/render/print-outcome.ts';
import type {Finding} from '../core/finding.ts';
import {type AnyOutcome, type ExitCode, exitCodeOf, exitCodes} from '../core/outcome.ts';
import {type Reported, type ReportFormat, reaches} from '../core/reports/report.ts';
import type {AnyTool} from '../core/tool.ts';
import type {Host} from './host.ts';

/** Findings in a format that other programs read. */
async function reportText(format: ReportFormat, reported: Reported, nowMs: number): Promise<string> {
	switch (format) {
		case 'sarif':
			return (await import('../core/reports/sarif-report.ts')).sarifReport(reported);
		case 'junit':
			return (await import('../core/reports/junit-report.ts')).junitReport(reported);
		case 'markdown':
			return (await import('../core/reports/markdown-report.ts')).markdownReport(reported);
		case 'oscal':
			return (await import('../core/reports/oscal-report.ts')).oscalReport(reported, new Date(nowMs).toISOString());
	}
}

/** What an outcome found; nothing where it did not come to an answer. */
export const foundBy = (tool: AnyTool<never>, outcome: AnyOutcome): readonly Finding[] =>
	outcome.kind === 'done' ? (tool.findings?.(outcome.output) ?? []) : [];

/** Prints a report of what was found on standard output. */
export async function printReport(
	format: ReportFormat,
	command: readonly string[],
	findings: readonly Finding[],
	{streams, clock}: Pick<Host, 'streams' | 'clock'>,
) {
	const reported = {command: `mkcoa ${command.join(' ')}`, version: packageJson.version, findings};
	streams.out(`${await reportText(format, reported, clock.now())}\n`);
}

/**
 * Prints what one call found, in the format of a report. A call that failed is told as such and makes none: an empty report would pass for a clean one.
 */
export async function printFindings(
	tool: AnyTool<never>,
	outcome: AnyOutcome,
	{options, host}: {readonly options: Options; readonly host: Host},
): Promise<void> {
	const {streams} = host;
	if (outcome.kind === 'done' && options.report !== undefined)
		return printReport(options.report, tool.command, foundBy(tool, outcome), host);
	await printOutcome(streams, outcome, {...options, nowMs: host.clock.now(), text: () => ''});
}

/** The exit code of a call whose findings count. */
export function exitCodeWith(outcome: AnyOutcome, findings: readonly Finding[], failOn: Finding['severity'] | undefined): ExitCode {
	const code = exitCodeOf(outcome);
	return code === exitCodes.done && failOn !== undefined && reaches(findings, failOn) ? exitCodes.findings : code;
}
