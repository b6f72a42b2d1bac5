import {expect, test} from 'vitest';
import {toolWords} from '../../../src/mcp/edge/tool-words.ts';
import {everyTool} from '../../support/every-tool.ts';

const inToolWords = toolWords(everyTool);

test.each([
	['List the kinds with mkcoa k8s api-resources', 'List the kinds with api_resources_list'],
	['See mkcoa k8s scale --help', 'See tool_search workload_scale'],
	['Look: mkcoa deploy config web, or mkcoa deploy configmap', 'Look: generate_k8s_config web, or configmap_update'],
	['Use mkcoa deploy rolling', 'Use deployment_update'],
	['A person says yes with mkcoa approve 12', 'A person says yes with mkcoa approve 12'],
	['mkcoa k8s scale-down is no command', 'mkcoa k8s scale-down is no command'],
])('%s', (text, told) => expect(inToolWords(text)).toBe(told));

test('without tools every text stays', () => expect(toolWords([])('mkcoa k8s list')).toBe('mkcoa k8s list'));
