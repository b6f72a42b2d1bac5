import type {JsonObject} from '../../../core/json.ts';

import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import {workloadKinds} from '../names/kinds-in.ts';
import {foundThing} from '../names/same-thing.ts';
import {scopeIn} from '../names/scope-in.ts';
import {theOne} from '../names/the-one.ts';
import type {Intent} from '../understanding.ts';
import {asksToRead, ordersChange} from './asks-to-read.ts';
import {inLanguage, type Language} from './say.ts';

/** One thing that a specialist's tool tells, and how people ask for it. */
type Report = {
	readonly tool: string;
	readonly asks: RegExp;
	readonly said: (about: string, language: Language) => string;
	/** Whether it is of one workload: `needs` asks for nothing else, `takes` tells of a namespace as well. */
	readonly workload: 'needs' | 'takes' | 'none';
	/** What the clause says beside of whom it is. */
	readonly input?: (clause: Clause) => JsonObject;
};

const said =
	(en: string, ko: string): Report['said'] =>
	(about, language) =>
		inLanguage(language, `${en}${about}`, `${about}${ko}`);

/** Which standard is spoken of; the tool's own choice where none is. */
function frameworkInput({text}: Clause): JsonObject {
	const framework = /\b(eks|gke|aks|nsa|cis)\b/i.exec(text)?.[1]?.toLowerCase() ?? (/\bsoc ?2\b/i.test(text) ? 'soc2' : undefined);
	return framework === undefined ? {} : {benchmark: framework};
}

/** What is forecast; the processor where nothing else is said. */
function forecastInput({text}: Clause): JsonObject {
	if (/\bmem(?:ory)?\b|메모리/i.test(text)) return {metric: 'memory'};
	return {};
}

/** The more exact words first: a postmortem is a report, but a report of costs is none. */
export const reports: readonly Report[] = [
	{
		tool: 'vulnerability_assess',
		asks: /\bcves?\b|\bvulnerab\w+|취약점/i,
		said: said('Known vulnerabilities', '알려진 취약점'),
		workload: 'none',
	},
	{
		tool: 'compliance_check',
		asks: /\bcompl(?:y|iant|iance|ies)\b|\b(?:cis|nsa|soc ?2) (?:benchmark|guide|hardening|controls?)\b|컴플라이언스|규정 ?준수|(?:cis|soc ?2) ?(?:벤치마크|기준)/i,
		said: said('Compliance', '규정 준수'),
		workload: 'none',
		input: frameworkInput,
	},
	{
		tool: 'threat_detect',
		asks: /\bthreats?\b|\bintru(?:sion|der)s?\b|\bsuspicious\b|\b(?:attack\w*|hacked|breached|compromised)\b|위협|침입|해킹|수상한|공격/i,
		said: said('Threats in the audit log', '감사 로그의 위협'),
		workload: 'none',
	},
	{
		tool: 'security_scan',
		asks: /\bsecure(?:ly)?\b|\bsecurity (?:scan|check|audit|review|posture|problem|issue|hole|gap|finding|risk|state)s?\b|\b(?:scan|check|audit|review)\b.*\bsecurity\b(?! contexts?)|\bmisconfigur\w+|\bhardened\b|보안(?! ?팀)/i,
		said: said('A security scan', '보안 점검'),
		workload: 'none',
	},
	{
		tool: 'incident_timeline',
		asks: /\btime ?line\b|타임라인/i,
		said: said('What happened, in order', '시간순 사건'),
		workload: 'needs',
	},
	{
		tool: 'sla_monitor',
		asks: /\bsl[oai]s?\b|\b(?:error|failure) budgets?\b|\bservice[- ]levels?\b|(?:에러|오류) ?(?:버짓|예산)|서비스 ?수준/i,
		said: said('Service levels and error budgets', '서비스 수준과 오류 예산'),
		workload: 'none',
	},
	{
		tool: 'incident_report',
		asks: /\bpost-?mortems?\b|\bincident reports?\b|사후 ?(?:분석|보고)|(?:장애|인시던트) ?보고서/i,
		said: said('The report of what went wrong', '장애 보고서'),
		workload: 'none',
	},
	{
		tool: 'predictive_failure_prevention',
		asks: /\b(?:going|about|likely) to (?:fail|break|expire|run out)\b|\bwhat (?:will|could|might) (?:fail|break|expire|go wrong)\b|\b(?:failure|outage)s? (?:prevention|prediction)\b|\bprevent (?:failures|outages|incidents)\b|장애 ?(?:예측|예방)|곧 ?(?:만료|고장|터질)/i,
		said: said('What is about to fail', '곧 문제가 될 것'),
		workload: 'none',
	},
	{
		tool: 'incident_impact',
		asks: /\bblast[- ]radius\b|\bimpact\b|영향 ?(?:범위|도)/i,
		said: said('The impact', '영향 범위'),
		workload: 'needs',
	},
	{
		tool: 'predict_scaling_needs',
		asks: /\bhow many (?:replicas|pods) will\b|\b(?:predict|forecast)\w*\b.*\b(?:scal\w+|replicas|load|traffic)\b|\bscaling needs\b|\bhow much (?:load|traffic) will\b|(?:부하|트래픽|스케일링|레플리카)\S* ?(?:\S+ )?예측/i,
		said: said('What scaling is needed', '스케일링 예측'),
		workload: 'needs',
	},
	{
		tool: 'capacity_forecast',
		asks: /\bforecasts?\b|\bcapacity\b.*\b(?:plan\w*|trend|left|enough)\b|\bwhen (?:will|does)\b.*\brun out of (?:cpu|memory)\b|(?:용량|사용량|메모리|cpu)\S* ?(?:\S+ )?예측/i,
		said: said('A forecast', '예측'),
		workload: 'takes',
		input: forecastInput,
	},
	{
		tool: 'logs_analyze',
		asks: /\banaly[sz]e\b.*\blogs?\b|\blogs?\b.*\b(?:analysis|patterns?|templates?|anomal\w+|shapes)\b|로그\S* ?(?:\S+ )?(?:분석|패턴)/i,
		said: said('What the logs say', '로그 분석'),
		workload: 'needs',
	},
	{
		tool: 'performance_analyze',
		asks: /\bperformance\b|\bbottlenecks?\b|\bperforming\b|성능|병목/i,
		said: said('Performance', '성능'),
		workload: 'takes',
	},
	{
		tool: 'metrics_collect',
		asks: /\bmetrics\b|\banomal(?:y|ies|ous)\b|\blatenc(?:y|ies)\b|\berror rates?\b|\bthroughput\b|\brequests? (?:per second|rates?)\b|\brps\b|메트릭|지표|이상 ?징후|지연 ?시간|에러율|오류율|처리량/i,
		said: said('Metrics', '지표'),
		workload: 'needs',
	},
	{
		tool: 'alerts_list',
		asks: /\b(?:firing|active|open|current|recent|any|which|what|the|all) alerts?\b|\balerts?\b.*\b(?:firing|active|fire|fired)\b|(?:알림|알람|경보)\S* ?(?:목록|현황|울|있)/i,
		said: said('Alerts', '알림'),
		workload: 'none',
	},
];

/** Verbs that ask a specialist for its work and change nothing. */
const works =
	/^(?:(?:please|can you|could you|now|then)\s+)*(?:analy[sz]e|assess|audit|evaluate|draft|forecast|give me|make|measure|monitor|prepare|produce|write|predict|prevent|report|review|scan|check|estimate|project)\b|(?:분석|예측|점검|진단|스캔|평가|보고|감사|검사|예방)(?:을|를|좀)? ?(?:해|하|부탁|좀|$)|(?:보고서|타임라인|현황)\S* ?(?:작성|줘|$)/i;

/** A cause is asked for, and found elsewhere. */
const asksWhy = /\bwhy\b|\bcause|\bwrong\b|왜|원인|이유/i;

const targetText = ({kind, metadata}: KubeObject) => `${kind.toLowerCase()}/${metadata.name}`;

/** `How is the performance of web?`, `forecast the memory of db`, `any SLO at risk?`: what a specialist's tool measures and nothing simpler tells. */
export const specialistReports: Intent = {
	name: 'specialist-reports',
	async understand(clause, world) {
		const report = reports.find(({asks}) => asks.test(clause.text));
		if (report === undefined || asksWhy.test(clause.text) || ordersChange(clause) || !(asksToRead(clause) || works.test(clause.text)))
			return undefined;
		const {language} = clause;
		const scope = await scopeIn(clause, world);
		const [namespace] = scope.namespaces ?? [];
		const found = report.workload === 'none' ? undefined : foundThing(await theOne(clause, world, workloadKinds), workloadKinds);
		if (found?.found === 'several') return found.question;
		const object = found?.found === 'one' ? found.object : undefined;
		if (object === undefined && report.workload === 'needs') return undefined;
		const place = object?.metadata.namespace ?? namespace;
		const about = object === undefined ? (namespace ?? '') : `${place}/${object.metadata.name}`;
		const input: JsonObject = {
			...report.input?.(clause),
			...(object === undefined ? {} : {target: targetText(object)}),
			...(place === undefined ? {} : {namespace: place}),
		};
		return {kind: 'calls', said: report.said(aboutText(about, language), language), calls: [{tool: report.tool, input}]};
	},
};

/** ` of shop/web`, `shop/web의 `; nothing where it is of everything. */
const aboutText = (about: string, language: Language) => (about === '' ? '' : inLanguage(language, ` of ${about}`, `${about}의 `));
