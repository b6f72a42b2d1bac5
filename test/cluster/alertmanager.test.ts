import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {stringify} from 'yaml';
import {alertmanager} from '../../src/mcp/monitoring/alertmanager/alertmanager.ts';
import type {ManagedAlert} from '../../src/mcp/monitoring/alertmanager/port.ts';
import {silenceEffects} from '../../src/mcp/monitoring/alertmanager/silence-effects.ts';
import type {Wire} from '../../src/mcp/monitoring/http/wire.ts';
import {wireTo} from '../support/monitoring-wire.ts';
import {startAlertmanager} from './alertmanager.ts';
import {besideNothing} from './beside.ts';
import {reloaded, startPrometheus} from './prometheus.ts';

/** Ten milliseconds after Prometheus has read it, it fires: most of the time nobody has found the Alertmanager by then. */
const early = {name: 'early', interval: '10ms', rules: [{alert: 'Early', expr: 'vector(1)', labels: {team: 'early'}}]};

const alerting = (alert: string, severity: string) => ({
	...{alert, expr: 'up{job="itself"} == 1'},
	...{labels: {severity, team: 'shop'}, annotations: {summary: 'It is there'}},
});

let beside: Awaited<ReturnType<typeof besideNothing>>;
let wire: Wire;
let rules: {readonly file: string; readonly reload: () => Promise<void>};
beforeAll(async () => {
	beside = await besideNothing();
	const {url} = await startAlertmanager(beside);
	wire = await wireTo(url, {area: 'alerts'});
	const file = join(beside.folder, 'rules.yaml');
	writeFileSync(file, stringify({groups: []}));
	const earlyFile = join(beside.folder, 'early.yaml');
	writeFileSync(earlyFile, stringify({groups: [early]}));
	const metrics = await startPrometheus(beside, {itself: true, rules: [file, earlyFile], alertmanager: url});
	rules = {file, reload: () => reloaded(metrics.url)};
});
afterAll(() => beside?.stop());

const eventually = (team: string, isRight: (alerts: readonly ManagedAlert[]) => void) =>
	vi.waitFor(async () => isRight(await alertmanager(wire).alerts({matchers: [`team="${team}"`]})), {timeout: 30_000, interval: 200});

test('tells its version, and no peers', async () => {
	expect(await alertmanager(wire).status()).toMatchObject({version: '0.34.2', cluster: 'disabled', peers: 0});
});

test('what fires before Prometheus has found it is told all the same', () =>
	eventually('early', alerts => expect(alerts).toMatchObject([{labels: {alertname: 'Early'}, state: 'active'}])));

test('what a Prometheus evaluates fires here, is silenced, and fires again', async () => {
	writeFileSync(rules.file, stringify({groups: [{name: 'self', rules: [alerting('Here', 'warning'), alerting('Grave', 'critical')]}]}));
	await rules.reload();
	await eventually('shop', alerts => {
		expect(alerts.map(({labels}) => labels.alertname).sort()).toEqual(['Grave', 'Here']);
		expect(alerts.every(({state, receivers}) => state === 'active' && receivers[0] === 'nobody')).toBe(true);
	});
	const now = Date.now();
	const {id} = await silenceEffects(wire).create({
		matchers: [{name: 'alertname', value: 'Here', isRegex: false, isEqual: true}],
		...{startsAtMs: now, endsAtMs: now + 3_600_000, createdBy: 'ada', comment: 'known'},
	});
	await eventually('shop', alerts =>
		expect(alerts.find(({labels}) => labels.alertname === 'Here')).toMatchObject({state: 'suppressed', silencedBy: [id]}),
	);
	const silence = await alertmanager(wire).silence(id);
	expect(silence).toMatchObject({state: 'active', comment: 'known'});
	await silenceEffects(wire).expire({id, updatedAt: silence?.updatedAt ?? ''});
	await eventually('shop', alerts =>
		expect(alerts.find(({labels}) => labels.alertname === 'Here')).toMatchObject({state: 'active', silencedBy: []}),
	);
});

test('rules that it cannot read are an error of the reload', async () => {
	writeFileSync(rules.file, stringify({groups: [{name: 'self', rules: [{...alerting('Here', 'warning'), expr: 'up =='}]}]}));
	await expect(rules.reload()).rejects.toThrow('Prometheus does not load its configuration: failed to reload');
});
