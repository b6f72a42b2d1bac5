/**
 * Measures mkcoa's MCP server beside others on a real control plane: `npm run bench:mcp -- [--runs N] [--markdown] [--json FILE] [--write]`.
 * Prints a table, with `--markdown` the page; `--write` makes docs/mcp-compared.md anew. Linux, `npm run cluster:build` and npm are needed.
 */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {binaryPath} from '../cluster/binaries.ts';
import {untilSignalled} from '../cluster/build.ts';
import {type ControlPlane, startControlPlane} from '../cluster/start.ts';
import {untilQuiet} from './load/quiet.ts';
import {readMachine} from './machine.ts';
import {comparisonText} from './mcp/comparison.ts';
import {measureServers} from './mcp/measure.ts';
import {comparedPage} from './mcp/page.ts';
import {installPeers} from './mcp/peers.ts';
import type {McpReport} from './mcp/result.ts';
import {callText, type Server} from './mcp/server.ts';
import {mcpServers} from './mcp/servers.ts';
import {setMcpStage} from './mcp/stage.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);

async function compare(plane: ControlPlane, folder: string, runs: number, signal: AbortSignal): Promise<McpReport> {
	const stage = await setMcpStage(plane, folder, say);
	try {
		const servers = mcpServers(stage);
		const busy = await untilQuiet(Object.values(plane.pids).filter(pid => pid !== undefined));
		say(`the control plane uses ${Math.round(busy * 100)} % of a core`);
		const place = {kubeconfig: stage.kubeconfig, folder};
		const measured = await measureServers(servers, {...stage, place, runs, say, signal});
		return {
			date: new Date().toISOString(),
			machine: readMachine(binaryPath('kubectl')),
			runs,
			servers: measured,
			asked: servers.map(asked),
		};
	} finally {
		await stage.close();
	}
}

const asked = ({name, asks, reads, readsWithChanges}: Server): McpReport['asked'][number] => ({
	name,
	asks: {list: callText(asks.list), 'list-all': callText(asks['list-all']), log: callText(asks.log), 'log-all': callText(asks['log-all'])},
	reads: reads.map(callText),
	readsWithChanges: readsWithChanges.map(callText),
});

async function main() {
	const {values} = parseArgs({
		options: {
			runs: {type: 'string', default: '9'},
			markdown: {type: 'boolean', default: false},
			json: {type: 'string'},
			write: {type: 'boolean', default: false},
		},
	});
	const runs = Number(values.runs);
	if (values.write && runs < 9) throw new Error('the page is written from at least 9 runs alone');
	// Listening from the first moment: a Ctrl-C while starting must not leave programs behind.
	const signal = untilSignalled();
	installPeers(say);
	const plane = await startControlPlane({say, signal});
	const folder = mkdtempSync(join(tmpdir(), 'mkcoa-bench-mcp-'));
	try {
		const report = await compare(plane, folder, runs, signal);
		process.stdout.write(values.markdown ? comparedPage(report) : `${comparisonText(report)}\n`);
		if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, '\t')}\n`);
		if (values.write) writeFileSync(join(import.meta.dirname, '../../docs/mcp-compared.md'), comparedPage(report));
	} finally {
		await plane.stop();
		rmSync(folder, {recursive: true, force: true});
	}
}

await main();
