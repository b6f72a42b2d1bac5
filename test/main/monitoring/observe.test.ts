import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {alertmanagerScript, firing} from '../../support/alertmanager-script.ts';
import {grafanaScript} from '../../support/grafana-script.ts';
import {scriptedServer} from '../../support/scripted-server.ts';
import {openShop} from '../../support/shop.ts';

const shop = await openShop({speed: 1});
const alerts = [firing({alertname: 'Slow', severity: 'warning', namespace: 'shop'}), firing({alertname: 'Down', severity: 'critical'})];

/** Somebody whose monitoring.yaml names a fresh Alertmanager and a Grafana that wants a token. */
async function watching() {
	const manager = alertmanagerScript({nowMs: Date.now() - 60_000, alerts});
	const boards = grafanaScript();
	const alertServer = await scriptedServer(manager.script, undefined, afterAll);
	const boardServer = await scriptedServer(
		(seen, response) =>
			seen.headers.authorization === 'Bearer board-token' ? boards.script(seen, response) : response.writeHead(401).end('{}'),
		undefined,
		afterAll,
	);
	await mkdir(join(shop.folder, 'config', 'mkcoa'), {recursive: true});
	await writeFile(
		join(shop.folder, 'config', 'mkcoa', 'monitoring.yaml'),
		`backends:\n  alerts: {type: alertmanager, url: "${alertServer.url}"}\n  boards: {type: grafana, url: "${boardServer.url}", auth: {bearer: {env: BOARD_TOKEN}}}\n`,
	);
	const writes = () => [...alertServer.seen, ...boardServer.seen].filter(({method}) => method !== 'GET').length;
	return {manager, writes, alertsUrl: alertServer.url};
}

const signedIn = {env: {BOARD_TOKEN: 'board-token'}};

test('what monitoring.yaml names is asked, in a pipe and as JSON', async () => {
	await watching();
	const servers = await shop.run(['observe', 'servers'], signedIn);
	expect(servers.out).toMatch(/^alerts\tanswers\tAlertmanager http:\/\/127\.0\.0\.1:\d+\t0\.28\.1, ready, 1 peer$/m);
	expect(servers.out).toMatch(/^dashboards\tanswers\tGrafana http:\/\/127\.0\.0\.1:\d+\t12\.3\.0$/m);
	expect(await shop.run(['monitor', 'alerts'])).toMatchObject({code: 0, out: expect.stringMatching(/^Slow\twarning\tfiring\t/m)});
	expect((await shop.run(['observe', 'grafana', 'folders'], signedIn)).out).toBe(
		'TITLE\tFOLDER\tUID\tTAGS\nApps\t\ta\t\nShop\tApps\tb\t\n',
	);
	const stranger = await shop.run(['observe', 'grafana', '--json'], {env: {BOARD_TOKEN: 'another-token'}});
	expect(JSON.parse(stranger.out)).toMatchObject({kind: 'failed', error: {kind: 'auth', code: 'dashboards-signed-out'}});
});

test('a plan that is made for one server is not applied to another', async () => {
	const first = await watching();
	const file = join(shop.folder, 'silence.plan');
	expect(await shop.run(['observe', 'silence', 'alertname=Slow', '--comment', 'new disks', '--plan-out', file])).toMatchObject({code: 0});
	const second = await watching();
	expect(await shop.outcome(['apply', file, '--yes'])).toMatchObject({
		kind: 'failed',
		error: {code: 'another-server', why: expect.stringContaining(`the plan was made for Alertmanager ${first.alertsUrl}`)},
	});
	expect([first.writes(), second.writes()]).toEqual([0, 0]);
});

test('a silence is told in the history, and the latest change is what undo takes back', async () => {
	const {manager} = await watching();
	expect(await shop.outcome(['observe', 'silence', 'alertname=Slow', '--comment', 'new disks', '--duration', '3d', '--yes'])).toMatchObject(
		{
			kind: 'done',
			plan: {consequences: [{id: 'silences-long'}, {id: 'silences-now', text: 'Silences 1 alert that fires now: Slow'}]},
		},
	);
	expect((await shop.run(['history'])).out).toContain('Silence alerts with alertname="Slow" for 3d');
	expect(await shop.outcome(['undo', '--yes'])).toMatchObject({kind: 'done'});
	expect([...manager.silences.values()].map(({status}) => status.state)).toEqual(['expired']);
});
