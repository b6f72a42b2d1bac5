import type {KubeObject} from '../../../../../core/kube/kube-object.ts';
import type {DeployPorts} from '../../../ports.ts';
import type {AskedCanary} from '../asked-canary.ts';
import {chooseJudge, type Judging} from './choose-judge.ts';
import {chooseKayenta, type KayentaJudging} from './choose-kayenta.ts';

type Subject = {readonly ports: DeployPorts; readonly stable: KubeObject; readonly service: string | undefined};

/** How a canary is judged: by a Kayenta config where one is given, else by tests of mkcoa's own. @throws as `chooseKayenta` and `chooseJudge` */
export function judgingOf(asked: AskedCanary, {ports, stable, service}: Subject): Promise<Judging | KayentaJudging> {
	const {metrics, kayenta: text, kayentaScores: scores, kayentaParams: parameters, interval, steps, baseline, mirror} = asked;
	if (text === undefined) return chooseJudge(ports, stable, {metrics, service, baseline, mirror: mirror !== undefined});
	return chooseKayenta(ports, stable, {text, scores, parameters, metrics, interval, steps, baseline, service});
}
