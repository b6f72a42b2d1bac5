import {expect, test} from 'vitest';
import {pathText} from '../../../src/core/diff/path-text.ts';
import type {PathSegment} from '../../../src/core/plan.ts';

test.each<[readonly PathSegment[], string]>([
	[['spec', 'template', 'spec', 'containers', {name: 'web'}, 'image'], 'spec.template.spec.containers[name=web].image'],
	[['spec', 'ports', {port: 80, protocol: 'TCP'}, 'targetPort'], 'spec.ports[port=80,protocol=TCP].targetPort'],
	[['metadata', 'labels', 'app.kubernetes.io/name'], 'metadata.labels["app.kubernetes.io/name"]'],
	[['metadata', 'finalizers', {'': 'x/y'}], 'metadata.finalizers[=x/y]'],
	[['spec', 'steps', 2, 'setWeight'], 'spec.steps[2].setWeight'],
	[[], ''],
])('%j reads %s', (path, text) => {
	expect(pathText(path)).toBe(text);
});
