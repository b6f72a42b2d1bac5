import {expect, test} from 'vitest';
import {podFaults} from '../../../src/analysis/detection/analyzers/pod/pod-faults.ts';
import {faultLines, surePatches} from './faults-in.ts';

const web = (container: string) =>
	`{kind: Deployment, apiVersion: apps/v1, metadata: {name: web}, spec: {template: {spec: {containers: [{name: web, image: 'r.example/web:1', ${container}}]}}}}`;
const at = (field: string, severity = 'critical') => [
	`${severity} command-in-one-word Deployment/web spec.template.spec.containers[web].${field} remedy`,
];

test.each([
	['is in words', 'command: [/app/web, --listen=:8080]', []],
	['is a line for a shell that is named', 'command: [sh, -c, "/app/web --listen=:8080"]', []],
	['is a line', 'command: ["/app/web --listen=:8080"]', at('command')],
	['is a line, with arguments beside it', 'command: ["/app/web serve"], args: [--verbose]', at('command')],
	['is a line that a shell has to run', 'command: ["/app/web | tee /log"]', at('command')],
	['of a probe is a line', 'livenessProbe: {exec: {command: ["test -f /ready"]}}', at('livenessProbe.exec.command')],
	['of a hook is a line', 'lifecycle: {preStop: {exec: {command: ["sleep 5"]}}}', at('lifecycle.preStop.exec.command', 'medium')],
	['is a file of Windows', "command: ['C:\\Program Files\\web.exe']", []],
])('a command that %s', (_, container, found) => {
	expect(faultLines(podFaults, web(container))).toEqual(found);
});

test('a line is taken apart, and where a shell is meant a person is asked', () => {
	expect(surePatches(podFaults, web('command: ["/app/web --listen=:8080"]'))).toEqual([
		'[{"op":"test","path":"/spec/template/spec/containers/0/command","value":["/app/web --listen=:8080"]},{"op":"replace","path":"/spec/template/spec/containers/0/command","value":["/app/web","--listen=:8080"]}]',
	]);
	expect(surePatches(podFaults, web('command: ["/app/web | tee /log"]'))).toEqual([]);
});
