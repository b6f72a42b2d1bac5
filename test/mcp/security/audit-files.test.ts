import {appendFileSync, renameSync, truncateSync, writeFileSync} from 'node:fs';
import {utimes, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {systemClock} from '../../../src/core/clock.ts';
import {auditFiles} from '../../../src/mcp/security/audit-log/audit-files.ts';
import {itemsOf, lineCutter} from '../../../src/mcp/security/audit-log/audit-lines.ts';
import type {AuditItem} from '../../../src/mcp/security/audit-log/port.ts';
import {auditJson} from '../../support/audit-events.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';

const folder = await temporaryFolder();
const line = (id: string) => `${JSON.stringify(auditJson({id}))}\n`;
const idOf = (item: AuditItem) => ('event' in item ? item.event.id : `? ${item.malformed}`);
const {signal} = new AbortController();
const log = (name: string) => auditFiles(join(folder, name), {clock: systemClock({speed: 20})});

async function idsIn(name: string, sinceMs?: number) {
	const ids: string[] = [];
	for await (const item of log(name).read({sinceMs, signal})) ids.push(idOf(item));
	return ids;
}

describe('lines', () => {
	test('bytes that are cut anywhere, also within a letter, are the same events', () => {
		const bytes = Buffer.from(`${line('ä')}\r\n${line('ö').trimEnd()}`);
		for (const size of [1, 7, 1000]) {
			const cutter = lineCutter();
			const items: AuditItem[] = [];
			for (let from = 0; from < bytes.length; from += size) items.push(...cutter.take(bytes.subarray(from, from + size)));
			items.push(...cutter.end());
			expect(items.map(idOf)).toEqual(['ä', 'ö']);
		}
	});

	test('what is no event is told by its beginning; a list of events is each of them', () => {
		expect(itemsOf('{"kind":"Pod"}').map(idOf)).toEqual(['? {"kind":"Pod"}']);
		expect(itemsOf('{"half').map(idOf)).toEqual(['? {"half']);
		const list = {kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items: [auditJson({id: 'a'}), {}, auditJson({id: 'b'})]};
		expect(itemsOf(JSON.stringify(list)).map(idOf)).toEqual(['a', '? {}', 'b']);
	});

	test.each([
		['CloudWatch', (event: string) => ({timestamp: 1, message: event})],
		['Azure Monitor', (event: string) => ({category: 'kube-audit', properties: {log: event}})],
		['a collector', (event: string) => ({log: event, stream: 'stdout'})],
	])('an event as %s exports it', (_, wrapped) => {
		expect(itemsOf(JSON.stringify(wrapped(line('a')))).map(idOf)).toEqual(['a']);
	});
});

describe('files', () => {
	test('rotated files come before the one that grows, in the order of both ways to name them, zipped or not', async () => {
		await writeFile(join(folder, 'audit.log'), line('newest'));
		await writeFile(join(folder, 'audit-2026-03-02T08-00-00.000.log'), line('dated'));
		await writeFile(join(folder, 'audit-2026-03-01T08-00-00.000.log.gz'), gzipSync(line('dated and zipped')));
		await writeFile(join(folder, 'audit.log.1'), line('one'));
		await writeFile(join(folder, 'audit.log.10.gz'), gzipSync(line('ten')));
		await writeFile(join(folder, 'audit-notes.log'), 'nothing of it');
		expect(await idsIn('audit.log')).toEqual(['dated and zipped', 'dated', 'ten', 'one', 'newest']);
	});

	test('a file that was closed before the time is not read', async () => {
		await writeFile(join(folder, 'old.log.1'), line('old'));
		await utimes(join(folder, 'old.log.1'), 1000, 1000);
		await writeFile(join(folder, 'old.log'), line('new'));
		expect(await idsIn('old.log', 2_000_000)).toEqual(['new']);
	});

	test('a file that is not there is told with what to do', async () => {
		await expect(idsIn('missing.log')).rejects.toMatchObject({trouble: {code: 'no-audit-log', why: 'there is no such file'}});
		const following = log('missing.log').follow({signal});
		await expect(following[Symbol.asyncIterator]().next()).rejects.toMatchObject({trouble: {code: 'no-audit-log'}});
	});

	test('a zipped file that is damaged is told, and not taken for a short one', async () => {
		await writeFile(join(folder, 'bad.log.gz'), gzipSync(line('a').repeat(1000)).subarray(0, 60));
		await expect(idsIn('bad.log.gz')).rejects.toMatchObject({trouble: {code: 'no-audit-log'}});
	});
});

describe('a file that is followed', () => {
	/** Follows a file, and answers the next event when asked. */
	function following(name: string, sinceMs?: number) {
		const ending = new AbortController();
		const iterator = log(name).follow({sinceMs, signal: ending.signal})[Symbol.asyncIterator]();
		return {
			next: async () => {
				const {value, done} = await iterator.next();
				return done === true ? undefined : idOf(value);
			},
			end: () => ending.abort(),
		};
	}

	test('tells what is appended, over half lines, a rotation and a cut, from the end on', async () => {
		const path = join(folder, 'grows.log');
		writeFileSync(path, line('before'));
		const {next, end} = following('grows.log');
		const first = next();
		// Only once it was opened does its end lie fast: a line is appended until one is told.
		const appending = setInterval(() => appendFileSync(path, line('appended')), 5);
		expect(await first).toBe('appended');
		clearInterval(appending);
		renameSync(path, join(folder, 'grows.log.1'));
		appendFileSync(join(folder, 'grows.log.1'), line('late'));
		writeFileSync(path, line('rotated').slice(0, 50));
		setTimeout(() => appendFileSync(path, line('rotated').slice(50)), 20);
		let told = await next();
		while (told === 'appended') told = await next();
		expect(told).toBe('late');
		expect(await next()).toMatch(/^rotated$/);
		const cut = next();
		truncateSync(path, 0);
		setTimeout(() => appendFileSync(path, line('cut')), 40);
		expect(await cut).toBe('cut');
		const last = next();
		end();
		expect(await last).toBeUndefined();
	});

	test('tells what is there already where a time is given, rotated files first', async () => {
		writeFileSync(join(folder, 'since.log.1'), line('a'));
		writeFileSync(join(folder, 'since.log'), line('b'));
		const {next, end} = following('since.log', 0);
		expect([await next(), await next()]).toEqual(['a', 'b']);
		end();
		expect(await next()).toBeUndefined();
	});
});

test('a long log needs no more memory than a short one', {timeout: 60_000}, async () => {
	const part = Array.from({length: 1000}, (_, index) => line(`${index}`)).join('');
	const path = join(folder, 'long.log');
	writeFileSync(path, part);
	for (let times = 0; times < 60; times += 1) appendFileSync(path, part);
	let [events, worst] = [0, 0];
	const before = process.memoryUsage().heapUsed;
	for await (const _ of log('long.log').read({signal})) {
		events += 1;
		if (events % 5000 === 0) worst = Math.max(worst, process.memoryUsage().heapUsed - before);
	}
	expect(events).toBe(61_000);
	// What waits to be collected comes on top.
	expect(worst).toBeLessThan(150 * 1024 * 1024);
});
