import type {Spread} from '../statistics.ts';
import type {Cost, McpReport, ServerResult} from './result.ts';
import {type QuestionName, questions} from './server.ts';

const number = (value: number) => (value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en'));

/** `17,020 (4.3 ×)`: what it takes, and how often mkcoa's part goes into that. */
const beside = (value: number, own: number, isOwn: boolean) => {
	const ratio = value / own;
	return isOwn ? number(value) : `${number(value)} (${ratio < 10 ? ratio.toFixed(ratio < 1 ? 2 : 1) : number(ratio)} ×)`;
};

type Row = {readonly title: string; readonly cells: readonly string[]};

/** One row of every server, each beside mkcoa. */
function numbers(title: string, {servers}: McpReport, value: (server: ServerResult) => number | string): Row {
	const own = value(servers[0]);
	const cells = servers.map((server, index) => {
		const found = value(server);
		return typeof found === 'string' ? found : typeof own === 'string' ? number(found) : beside(found, own, index === 0);
	});
	return {title, cells};
}

const median = ({median}: Spread) => median;
const costed = (value: (cost: Cost) => number, name: QuestionName) => (server: ServerResult) => {
	const cost = server.costs[name];
	return cost.failure === undefined ? value(cost) : 'error';
};

/** The whole comparison; the page and the terminal draw it. */
export function comparisonRows(report: McpReport): readonly Row[] {
	const {servers} = report;
	const asked = (name: QuestionName): readonly Row[] => [
		numbers(
			`${questions[name]}: tokens`,
			report,
			costed(({tokens}) => tokens, name),
		),
		numbers(
			'… of these as text',
			report,
			costed(({textTokens}) => textTokens, name),
		),
		numbers(
			'… ms',
			report,
			costed(({ms}) => median(ms), name),
		),
	];
	const listed = (name: QuestionName): Row => ({
		title: '… pods named, and of the 10 that are not ready',
		cells: servers.map(
			({costs: {[name]: cost}}) => `${number(cost.pods)}, ${cost.unready}${cost.calls === 1 ? '' : ` in ${cost.calls} calls`}`,
		),
	});
	return [
		{title: 'protocol', cells: servers.map(({era}) => era)},
		numbers('Start until connected: ms', report, ({connectMs}) => median(connectMs)),
		numbers('Start until the pods are listed: ms', report, ({firstAnswerMs}) => median(firstAnswerMs)),
		numbers('tools/list, read-only: tokens', report, ({readOnly}) => readOnly.tokens),
		{
			title: '… tools, and of these with a schema of the answer',
			cells: servers.map(({readOnly: {tools, described}}) => `${tools}, ${described}`),
		},
		numbers('tools/list, with changes: tokens', report, ({withChanges}) => withChanges.tokens),
		{
			title: '… tools, and of these with a schema of the answer',
			cells: servers.map(({withChanges: {tools, described}}) => `${tools}, ${described}`),
		},
		...asked('list'),
		listed('list'),
		...asked('list-all'),
		listed('list-all'),
		...asked('log'),
		...asked('log-all'),
		{
			title: 'Secrets found in answers, of 5: read-only',
			cells: servers.map(({safety}) => `${safety.leaks.filter(({readOnly}) => readOnly).length}`),
		},
		{title: '… by tools that are not read-only, too', cells: servers.map(({safety}) => `${safety.leaks.length}`)},
		{
			title: 'Orders in a log line marked as data',
			cells: servers.map(({safety}) => (safety.injections === 0 ? 'not shown' : `${safety.fenced} of ${safety.injections} answers`)),
		},
		{title: 'Answers with terminal control characters', cells: servers.map(({safety}) => `${safety.escapes} of ${safety.calls}`)},
	];
}

/** The line that says what was measured on what. */
export const aboutComparison = ({date, machine, runs}: McpReport) =>
	`${date.slice(0, 10)}, ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.kernel}, Node ${machine.node}, control plane and kubectl ${machine.kubernetes}, ${runs} runs each, load ${machine.busy.toFixed(1)} at the end`;

export const titleOf = ({name, version}: ServerResult) => `${name} ${version}`;

/** What gave no answer, or one that a client would not take. */
export const failuresOf = (report: McpReport): readonly string[] =>
	report.servers.flatMap(({name, costs}) =>
		Object.entries(costs).flatMap(([question, {failure, failureByItself, tooLong}]) => {
			// A key of `costs` is a question.
			const about = `${name}, ${questions[question as QuestionName]}`;
			return [
				...(failure === undefined ? [] : [`${about}: ${oneLine(failure)}`]),
				...(failureByItself === undefined ? [] : [`${about}, with its own settings: ${oneLine(failureByItself)}`]),
				...(tooLong
					? [`${about}: longer than the 10 MB that a client of the TypeScript SDK takes by itself, which then ends the connection`]
					: []),
			];
		}),
	);

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');

/** Where mkcoa is not the first. */
export const lostOf = (report: McpReport): readonly string[] =>
	comparisonRows(report).flatMap(({title, cells}, row, rows) => {
		const better = cells.flatMap((cell, index) => (/\(0\.\d+ ×\)/.test(cell) ? [report.servers[index]?.name ?? ''] : []));
		// `… ms` belongs to the row that names the question.
		const question =
			rows
				.slice(0, row)
				.findLast(each => !each.title.startsWith('…'))
				?.title.replace(/:.*/, '') ?? '';
		return better.length === 0 ? [] : [`${title.replace('…', `${question}:`)}: ${better.join(' and ')}`];
	});

/** Aligned columns for a terminal or a log. */
export function comparisonText(report: McpReport): string {
	const rows = [['', ...report.servers.map(titleOf)], ...comparisonRows(report).map(({title, cells}) => [title, ...cells])];
	const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))) ?? [];
	const lines = rows.map(row =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd(),
	);
	return [
		aboutComparison(report),
		'',
		...lines,
		'',
		...lostOf(report).map(text => `mkcoa is not the best at: ${text}`),
		...failuresOf(report),
	].join('\n');
}
