import {expect, test} from 'vitest';
import type {Json} from '../../../../src/core/json.ts';
import {simplePath} from '../../../../src/mcp/kubernetes/model/simple-path.ts';

const object = {spec: {nodeName: 'n1', ports: [{port: 80}, {port: 81}]}, metadata: {labels: {'app.kubernetes.io/name': 'web'}}};

const rows: readonly (readonly [string, readonly Json[]])[] = [
	['.spec.nodeName', ['n1']],
	['{.spec.nodeName}', ['n1']],
	['.spec.ports[*].port', [80, 81]],
	['.spec.ports[1].port', [81]],
	["['metadata'].labels['app.kubernetes.io/name']", ['web']],
	['.spec.missing.deeper', []],
	['.spec.ports.port', []],
	['.constructor', []],
];

test.each(rows)('reads %s', (path, expected) => {
	expect(simplePath(path)(object)).toEqual(expected);
});

test.each(['.spec..name', '.items[?(@.a==1)]', 'spec', '.a[1:2]', '.a['])('refuses %s and says where it stopped', path => {
	expect(() => simplePath(path)).toThrow(/cannot be read from character \d+ on/);
});
