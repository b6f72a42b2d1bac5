import {expect, test} from 'vitest';
import {spokenPorts} from '../../../../src/agents/router/create/reading/service-ports.ts';

test.each([
	['give it one on port 81 going to 9090.', 81, 9090],
	['a service on 443 that goes to 8443, please', 443, 8443],
	['port 5000 → 5050.', 5000, 5050],
])('the port behind a sentence is a target as well: %s', (text, port, target) => {
	expect(spokenPorts({text})).toEqual([expect.objectContaining({port, target})]);
});

test.each<readonly [text: string, ports: readonly object[]]>([
	[
		'two ports, http 80 to 8080 and metrics 9100 to 9101',
		[
			{name: 'http', port: 80, target: 8080},
			{name: 'metrics', port: 9100, target: 9101},
		],
	],
	[
		'http는 80→8080, metrics는 9100→9101 두 포트로요',
		[
			{name: 'http', port: 80, target: 8080},
			{name: 'metrics', port: 9100, target: 9101},
		],
	],
	['8088 outside, 8080 inside, sticky for 1800 seconds', [{port: 8088, target: 8080}]],
	["443 on the outside, the pods' 8443 behind it, only from 198.51.100.0/24", [{port: 443, target: 8443}]],
	[
		'7000 under the name gossip, 7001 under the name client',
		[
			{name: 'gossip', port: 7000},
			{name: 'client', port: 7001},
		],
	],
	['포트 이름은 grpc, 50051 들어오면 컨테이너 8000으로', [{name: 'grpc', port: 50051, target: 8000}]],
	['9100 to 9101, named metrics', [{port: 9100, target: 9101, name: 'metrics'}]],
	['port 8080, node port 32080', [{port: 8080, nodePort: 32080}]],
	['53/udp and 53/tcp', [{port: 53, protocol: 'UDP'}, {port: 53}]],
	['port 9100 to the container port called metrics', [{port: 9100, target: 'metrics'}]],
])('each port has its name, its target and its node port: %s', (text, ports) => {
	expect(spokenPorts({text}, ['http', 'metrics'])).toEqual(ports.map(port => expect.objectContaining(port)));
});
