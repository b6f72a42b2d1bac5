import {aboutComparison, comparisonRows, failuresOf, lostOf, titleOf} from './comparison.ts';
import type {McpReport} from './result.ts';
import {type QuestionName, questions} from './server.ts';

const row = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
	[row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const list = (texts: readonly string[]) => texts.map(text => `- ${text}\n`).join('');

const callsOf = ({name, reads, readsWithChanges}: McpReport['asked'][number]) =>
	`${name} was called with:\n\n${list([...reads.map(call => `\`${call}\``), ...readsWithChanges.map(call => `\`${call}\`, not read-only`)])}`;

const leaksTable = ({servers}: McpReport) =>
	table(
		['found', 'server', 'in the answer to'],
		servers.flatMap(({name, safety}) =>
			safety.leaks.map(({what, call, readOnly}) => [what, name, `\`${call}\`${readOnly ? '' : ', not read-only'}`]),
		),
	);

/** `docs/mcp-compared.md`, whole. Every number comes from the report. */
export function comparedPage(report: McpReport): string {
	const {asked, servers} = report;
	const lost = lostOf(report);
	const failures = failuresOf(report);
	return `# MCP servers compared

mkcoa beside two other MCP servers for Kubernetes from npm, over stdio, on one real control plane. Measure it again and write this page anew:

\`\`\`sh
npm run cluster:build
npm run bench:mcp -- --write
\`\`\`

${aboutComparison(report)}.

Each server runs read-only and is asked by the same client, in turn after one round to warm up. Tokens are characters of JSON divided by four: the whole result, text and structured
content together, as some clients hand both to the model; the text alone stands below it. Times are medians. In brackets: how many times what mkcoa takes.

mcp-server-kubernetes runs with a larger \`SPAWN_MAX_BUFFER\` than its own, and the client takes longer answers than by itself: otherwise some cells would be errors. They are told below.

${table(
	['', ...servers.map(titleOf)],
	comparisonRows(report).map(({title, cells}) => [title, ...cells]),
)}

${lost.length === 0 ? '' : `mkcoa is not the best at:\n\n${list(lost)}\nIts lists of tools also say what each tool answers, and an answer holds its rows twice: as text, and as data that fits that schema. To start, Node has to load what a Go program\nhas in it.\n\n`}${failures.length === 0 ? '' : `What failed, in the words of the server:\n\n${list(failures)}\n`}## What was asked

By itself mkcoa names the first 50 pods, unhealthy ones first, below the counts of all, and folds lines of one shape of the last 200 lines; the others answer with every pod, and
kubernetes-mcp-server with the last 100 lines. So the questions are asked a second time for all pods and for all lines.

${table(
	['', ...asked.map(({name}) => name)],
	// The keys of an object literal, which Object.keys forgets.
	(Object.keys(questions) as QuestionName[]).map(name => [questions[name], ...asked.map(({asks}) => `\`${asks[name]}\``)]),
)}

## Secrets

Planted in the cluster, in the log and in the kubeconfig, and looked for in every answer to the calls below, plain and in base64: a value of a Secret, a password in a pod's environment,
a password in a log line, the kubeconfig's bearer token and a client key in it.

${leaksTable(report)}

${asked.map(callsOf).join('\n')}${servers
	.flatMap(({name, safety}) =>
		safety.refused.length === 0 ? [] : [`\nAnswered by an error in ${name}: ${safety.refused.map(call => `\`${call}\``).join(', ')}.\n`],
	)
	.join('')}`;
}
