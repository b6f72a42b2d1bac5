import {describe, expect, it} from 'vitest';
import {isRemoval, probeChange, probeKinds} from '../../../../src/agents/router/change/probes/probe-words.ts';
import {clauseOf} from '../../../../src/agents/router/words/clauses-of.ts';

/** `readiness httpGet path=/ready port=8080 initialDelaySeconds=5`. */
function told(text: string): string {
	const change = probeChange(clauseOf(text));
	const kinds = probeKinds(text.toLowerCase()).map(kind => kind.replace('Probe', ''));
	if (isRemoval(text.toLowerCase(), change)) return `${kinds.join('+')} remove`;
	const fields = [...Object.entries(change.handler?.fields ?? {}), ...Object.entries(change.numbers)];
	return [
		kinds.join('+'),
		change.handler?.type ?? '-',
		...fields.map(([key, value]) => `${key}=${Array.isArray(value) ? value.join('|') : String(value)}`),
	].join(' ');
}

const rows: readonly (readonly [string, string])[] = [
	[
		'web has no readiness check; add one: GET /ready on 8080, first after 5 seconds, then every 10.',
		'readiness httpGet path=/ready port=8080 periodSeconds=10 initialDelaySeconds=5',
	],
	['Relax the liveness probe of web: failure threshold 6, timeout 3 seconds.', 'liveness - failureThreshold=6 timeoutSeconds=3'],
	['Set the liveness timeout of web to 5s and its period to 20s', 'liveness - timeoutSeconds=5 periodSeconds=20'],
	['Switch the readiness path of web from / to /subjects.', 'readiness httpGet path=/subjects'],
	['Add a liveness probe to web: tcp 6379 every 10 seconds', 'liveness tcpSocket port=6379 periodSeconds=10'],
	[
		'Give web a TCP startup probe on port 9000 with 30 failures allowed, every 10s',
		'startup tcpSocket port=9000 failureThreshold=30 periodSeconds=10',
	],
	['Add a readiness probe to web that runs `redis-cli ping` every 5 seconds', 'readiness exec command=redis-cli|ping periodSeconds=5'],
	['add an exec liveness probe `cat /tmp/ok | grep yes` to web', 'liveness exec command=sh|-c|cat /tmp/ok | grep yes'],
	['readiness probe of web should use port 8080', 'readiness httpGet port=8080'],
	['Remove the liveness probe of web', 'liveness remove'],
	[
		'liveness probe for web via https GET /live on port 8443, initial delay 15, period 20',
		'liveness httpGet path=/live port=8443 scheme=HTTPS periodSeconds=20 initialDelaySeconds=15',
	],
	['let the liveness probe of web wait 1 minute before it starts', 'liveness - initialDelaySeconds=60'],
	['web should be killed only after 5 failures of its liveness check', 'liveness - failureThreshold=5'],
	['web에 liveness probe 추가: TCP 8080, 20초 뒤부터 15초마다.', 'liveness tcpSocket port=8080 periodSeconds=15 initialDelaySeconds=20'],
	['web readiness 프로브 경로를 /ready로 바꿔줘', 'readiness httpGet path=/ready'],
	['web의 liveness 프로브는 빼주세요', 'liveness remove'],
	['web 라이브니스 프로브 실패 임계값을 6으로, 타임아웃을 3초로 늘려줘', 'liveness - failureThreshold=6 timeoutSeconds=3'],
	[
		'web에 /healthz 8080 포트로 레디니스 프로브 넣어줘. 5초 후 시작, 10초 간격',
		'readiness httpGet path=/healthz port=8080 periodSeconds=10 initialDelaySeconds=5',
	],
];

describe('what a clause says of a probe', () => {
	it.each(rows)('%s', (text, probe) => {
		expect(told(text)).toBe(probe);
	});
});
