import {join} from 'node:path';
import packageJson from '../../../package.json' with {type: 'json'};
import {logLines} from './long-log.ts';
import {peerFile, peers} from './peers.ts';
import type {Answer, Server} from './server.ts';
import type {McpStage} from './stage.ts';

const root = join(import.meta.dirname, '../../..');

/** mkcoa first; the others are compared with it. */
export const mcpServers = (stage: Pick<McpStage, 'crowd' | 'namespace'>): readonly [Server, ...Server[]] => [
	mkcoa(stage),
	kubernetesMcpServer(stage),
	mcpServerKubernetes(stage),
];

type Where = Pick<McpStage, 'crowd' | 'namespace'>;

const cursorOf = ({structuredContent}: Answer): {readonly cursor: unknown} | undefined => {
	const {cursor} = Object(structuredContent);
	return cursor === undefined ? undefined : {cursor};
};

function mkcoa({crowd, namespace}: Where): Server {
	const program = [join(root, 'dist/mkcoa.js'), 'mcp', 'serve'];
	const list = {tool: 'resource_list', input: {kind: 'pods', namespace: crowd}};
	const log = {tool: 'pod_logs', input: {pod: 'till', namespace}};
	return {
		name: 'mkcoa',
		version: packageJson.version,
		readOnly: program,
		withChanges: [...program, '--allow-changes'],
		asks: {
			list,
			'list-all': {tool: 'resource_list', input: {...list.input, all: true, max_tokens: 25_000}, goesOn: cursorOf},
			log,
			'log-all': {tool: 'pod_logs', input: {...log.input, tail: logLines}},
		},
		reads: [
			{tool: 'resource_list', input: {kind: 'secrets', namespace}},
			{tool: 'resource_list', input: {kind: 'secrets', namespace, columns: ['.data', '.data.password']}},
			{tool: 'resource_get', input: {kind: 'secret', name: 'vault', namespace}},
			{tool: 'resource_get', input: {kind: 'secret', name: 'vault', namespace, path: '.data.password'}},
			{tool: 'resource_describe', input: {kind: 'secret', name: 'vault', namespace}},
			{tool: 'resource_get', input: {kind: 'pod', name: 'till', namespace}},
			{tool: 'resource_get', input: {kind: 'pod', name: 'till', namespace, path: '.spec.containers[*].env'}},
			{tool: 'resource_describe', input: {kind: 'pod', name: 'till', namespace}},
			log,
			{tool: 'pod_logs', input: {...log.input, tail: 1000, fold: false}},
			{tool: 'events_list', input: {namespace}},
			{tool: 'contexts_list', input: {}},
		],
		// A plan shows what was there before.
		readsWithChanges: [
			{tool: 'resource_patch', input: {kind: 'secret', name: 'vault', namespace, type: 'merge', patch: '{"stringData":{"password":"x"}}'}},
			{tool: 'resource_delete', input: {kind: 'secret', name: 'vault', namespace}},
		],
	};
}

function kubernetesMcpServer({crowd, namespace}: Where): Server {
	const program = [peerFile('kubernetes-mcp-server', 'bin/index.js')];
	const list = {tool: 'pods_list_in_namespace', input: {namespace: crowd}};
	const log = {tool: 'pods_log', input: {name: 'till', namespace}};
	const secrets = {apiVersion: 'v1', kind: 'Secret', namespace};
	return {
		name: 'kubernetes-mcp-server',
		version: peers['kubernetes-mcp-server'],
		readOnly: [...program, '--read-only'],
		withChanges: program,
		asks: {list, 'list-all': list, log, 'log-all': {tool: 'pods_log', input: {...log.input, tail: logLines}}},
		reads: [
			{tool: 'resources_list', input: secrets},
			{tool: 'resources_get', input: {...secrets, name: 'vault'}},
			{tool: 'pods_get', input: {name: 'till', namespace}},
			{tool: 'resources_get', input: {apiVersion: 'v1', kind: 'Pod', name: 'till', namespace}},
			log,
			{tool: 'pods_log', input: {...log.input, tail: 1000}},
			{tool: 'events_list', input: {namespace}},
			{tool: 'configuration_view', input: {}},
			{tool: 'configuration_view', input: {minified: false}},
		],
		readsWithChanges: [],
	};
}

function mcpServerKubernetes({crowd, namespace}: Where): Server {
	const program = [peerFile('mcp-server-kubernetes', 'dist/index.js')];
	const list = {tool: 'kubectl_get', input: {resourceType: 'pods', namespace: crowd}};
	const log = {tool: 'kubectl_logs', input: {resourceType: 'pod', name: 'till', namespace}};
	return {
		name: 'mcp-server-kubernetes',
		version: peers['mcp-server-kubernetes'],
		readOnly: program,
		withChanges: program,
		env: {readOnly: {ALLOW_ONLY_READONLY_TOOLS: 'true'}},
		raised: {SPAWN_MAX_BUFFER: String(256 * 1024 * 1024)},
		asks: {list, 'list-all': list, log, 'log-all': {tool: 'kubectl_logs', input: {...log.input, tail: logLines}}},
		reads: [
			{tool: 'kubectl_get', input: {resourceType: 'secrets', namespace}},
			{tool: 'kubectl_get', input: {resourceType: 'secret', name: 'vault', namespace, output: 'yaml'}},
			{tool: 'kubectl_get', input: {resourceType: 'secret/vault', namespace, output: 'yaml'}},
			{tool: 'kubectl_describe', input: {resourceType: 'secret', name: 'vault', namespace}},
			{tool: 'kubectl_get', input: {resourceType: 'pod', name: 'till', namespace, output: 'yaml'}},
			{tool: 'kubectl_describe', input: {resourceType: 'pod', name: 'till', namespace}},
			{tool: 'kubectl_logs', input: {...log.input, tail: 1000}},
			{tool: 'kubectl_get', input: {resourceType: 'events', namespace}},
			{tool: 'kubectl_context', input: {operation: 'list', detailed: true}},
		],
		readsWithChanges: [
			{tool: 'kubectl_generic', input: {command: 'get', resourceType: 'secret', name: 'vault', namespace, outputFormat: 'yaml'}},
			{tool: 'kubectl_generic', input: {command: 'config', subCommand: 'view', flags: {raw: true}}},
		],
	};
}
