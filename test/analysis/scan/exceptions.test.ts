import {expect, test} from 'vitest';
import {type Exception, exceptionBook} from '../../../src/analysis/scan/exceptions.ts';

const exception = (more: Partial<Exception> = {}): Exception => ({
	...{check: 'host-path', object: 'DaemonSet/kube-system/*', owner: 'ops', reason: 'reads logs', expires: '2026-06-30'},
	...more,
});
const logs = {apiVersion: 'apps/v1', kind: 'DaemonSet', namespace: 'kube-system', name: 'logs'};
const day = (text: string) => Date.parse(text);
const covers = (one: Exception, check = 'host-path', resource = logs, paths = ['spec.volumes[0].hostPath']) =>
	exceptionBook([one], day('2026-06-30T23:59:59Z')).covering(check, resource, paths) !== undefined;

test.each([
	['its check and object', exception(), true],
	['any check that begins so', exception({check: 'host-*'}), true],
	['its field', exception({path: 'spec.volumes[0]'}), true],
	['no field that only begins alike', exception({path: 'spec.vol'}), false],
	['no other check', exception({check: 'host'}), false],
	['no other namespace', exception({object: 'DaemonSet/kube/*'}), false],
	['nothing by a star across parts', exception({object: 'DaemonSet/*'}), false],
	['no letters for a dot', exception({object: 'DaemonSet/kube-system/l.gs'}), false],
])('an exception covers %s', (_, one, covered) => {
	expect(covers(one)).toBe(covered);
});

test('the last day counts, the next one does not, and an expired one is told', () => {
	const book = exceptionBook([exception()], day('2026-07-01T00:00:00Z'));
	expect(book.covering('host-path', logs, [])).toBeUndefined();
	expect(book.expired()).toEqual([exception()]);
	expect(book.unmatched()).toEqual([]);
});

test('one that no fault met is told', () => {
	const other = exception({object: 'Pod/shop/gone'});
	const book = exceptionBook([exception(), other], day('2026-01-01'));
	book.covering('host-path', logs, []);
	expect(book.unmatched()).toEqual([other]);
});
