/** A field that people say is to stay, in both languages, and how a call that writes it looks. */
const fields: readonly (readonly [words: string, written: RegExp])[] = [
	['memory 메모리', /memory/],
	['cpu cpus', /cpu/],
	['request requests 요청 요청값 requests값', /requests/],
	['limit limits 제한 제한값 한도 리밋', /limits/],
	['image images tag tags version versions 이미지 태그 버전', /image"|\/image/],
	['replica replicas count counts number 개수 레플리카 갯수 복제본 대수', /replicas/],
	['liveness 라이브니스', /livenessProbe/],
	['readiness 레디니스', /readinessProbe/],
	['startup 스타트업', /startupProbe/],
	['probe probes 프로브', /Probe/],
	['min minimum floor 최소 최솟값 최소값', /minReplicas|minAvailable/],
	['max maximum ceiling 최대 최댓값 최대값', /maxReplicas|maxUnavailable/],
	['schedule schedules 스케줄 일정 시각 주기', /schedule/],
	['timezone 시간대', /timeZone/],
	['port ports 포트', /[pP]orts?\b/],
	['host hosts 호스트', /host/],
	['path paths 경로', /path"\s*:|\/path/],
	['selector selectors 셀렉터', /selector/],
	['label labels 라벨 레이블', /labels/],
	['annotation annotations 어노테이션 주석', /annotations/],
	['env variable variables environment 환경변수 환경 변수', /\/env\b|\/envFrom\b/],
	['size storage capacity 용량 크기', /storage/],
	['strategy 전략', /strategy/i],
	['suspend suspended 일시정지', /suspend/],
	['command args 명령 인자', /command|args/],
];

const byWord = new Map([
	...fields.flatMap(([words, written]) => words.split(' ').map(word => [word, written] as const)),
	// Those of the template, not of the workload itself.
	...['labels', 'label', '라벨', '레이블'].map(word => [`pod ${word}`, /template\/metadata\/labels/] as const),
]);

/** How a call looks that writes the field of this word; undefined: no field is called so. */
export const fieldWritten = (word: string): RegExp | undefined => byWord.get(word);
