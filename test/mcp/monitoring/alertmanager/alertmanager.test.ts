import {expect, test} from 'vitest';
import {DriftError, troubleOf} from '../../../../src/core/error.ts';
import {LostAnswerError} from '../../../../src/core/tool.ts';
import {alertmanager} from '../../../../src/mcp/monitoring/alertmanager/alertmanager.ts';
import {silenceEffects} from '../../../../src/mcp/monitoring/alertmanager/silence-effects.ts';
import {proxiedWire} from '../../../../src/mcp/monitoring/http/proxied-wire.ts';
import {alertmanagerScript, firing} from '../../../support/alertmanager-script.ts';
import {monitoringServer} from '../../../support/monitoring-server.ts';
import {wireToScript} from '../../../support/monitoring-wire.ts';
import {respond} from '../../../support/scripted-server.ts';

const failure = async (asking: Promise<unknown>) => troubleOf(await asking.catch(error => error));
const nowMs = Date.UTC(2026, 0, 1);
const hourMs = 3_600_000;
const down = {name: 'alertname', value: 'Down', isRegex: false, isEqual: true};
const draft = {matchers: [down], startsAtMs: nowMs, endsAtMs: nowMs + hourMs, createdBy: 'alice', comment: 'maintenance'};

const alert = firing(
	{alertname: 'Down', severity: 'page'},
	{status: {state: 'suppressed', silencedBy: ['s1'], inhibitedBy: [], mutedBy: []}},
);

async function keeping() {
	const kept = alertmanagerScript({nowMs, alerts: [alert]});
	const {wire, seen} = await wireToScript(kept.script, {area: 'alerts'});
	return {manager: alertmanager(wire), effects: silenceEffects(wire), seen, ...kept};
}

test('tells alerts, and asks for those that fit', async () => {
	const {manager, seen} = await keeping();
	expect(await manager.alerts({matchers: ['severity="page"'], active: true, inhibited: false})).toEqual([
		{
			...{
				fingerprint: 'Down-page',
				labels: alert.labels,
				annotations: alert.annotations,
				state: 'suppressed',
				silencedBy: ['s1'],
				inhibitedBy: [],
			},
			...{receivers: ['pager'], generatorUrl: 'http://prometheus/graph'},
			...{startsAtMs: nowMs, endsAtMs: nowMs + 300_000, updatedAtMs: nowMs + 1000},
		},
	]);
	expect(seen[0]?.query).toEqual({filter: 'severity="page"', active: 'true', inhibited: 'false'});
});

test('a matcher that it does not understand is told in its words', async () => {
	const {manager} = await keeping();
	expect(await failure(manager.alerts({matchers: ['{']}))).toMatchObject({
		code: 'alerts-refused',
		quoted: 'unexpected open or close brace: {',
	});
});

test('makes a silence, finds it, and ends the one that was seen', async () => {
	const {manager, effects} = await keeping();
	const {id} = await effects.create(draft);
	const silence = await manager.silence(id);
	expect(silence).toEqual({...draft, id, updatedAt: '2026-01-01T00:00:01.000Z', state: 'active'});
	if (silence === undefined) throw new Error('there is no silence');
	await effects.expire(silence);
	expect((await manager.silence(id))?.state).toBe('expired');
	expect((await manager.silences()).map(({state}) => state)).toEqual(['expired']);
	await expect(effects.expire(silence)).rejects.toThrow(DriftError);
});

test('a silence that somebody changed meanwhile is left alone', async () => {
	const {manager, effects, silences, stamp} = await keeping();
	const {id} = await effects.create(draft);
	const seen = await manager.silence(id);
	const kept = silences.get(id);
	if (seen === undefined || kept === undefined) throw new Error('there is no silence');
	silences.set(id, {...kept, endsAt: '2027-01-01T00:00:00.000Z', updatedAt: stamp()});
	await expect(effects.expire(seen)).rejects.toThrow(`silence ${id} was changed at 2026-01-01T00:00:02.000Z`);
	expect(silences.get(id)?.status.state).toBe('active');
	silences.delete(id);
	await expect(effects.expire(seen)).rejects.toThrow(`silence ${id} is gone`);
});

test('a silence that is over before it begins is refused in its words', async () => {
	const {effects} = await keeping();
	expect(await failure(effects.create({...draft, endsAtMs: nowMs - 1}))).toMatchObject({
		code: 'alerts-refused',
		quoted: "Failed to create silence: end time can't be in the past",
	});
});

test('an answer that is lost is told as lost', async () => {
	const {wire} = await wireToScript((_, response) => response.destroy(), {area: 'alerts'});
	await expect(silenceEffects(wire).create(draft)).rejects.toThrow(LostAnswerError);
});

test('through the API server it is read, and never changed', async () => {
	const wire = proxiedWire(async () => [alert], '/proxy', monitoringServer('alerts'));
	expect(await alertmanager(wire).alerts()).toHaveLength(1);
	expect(await failure(silenceEffects(wire).create(draft))).toMatchObject({code: 'read-only-road'});
});

test.each([
	['a list of something else', [{hello: 1}]],
	['an object', {status: 'success'}],
])('%s is no answer', async (_, body) => {
	const {wire} = await wireToScript((__, response) => respond(response, body), {area: 'alerts'});
	expect(await failure(alertmanager(wire).alerts())).toMatchObject({
		code: 'alerts-unreachable',
		why: 'its answer to its alerts is not as it is documented',
	});
});
