import {textAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import type {Survey} from '../../survey.ts';

/** Gateways that no controller takes up. */
export const gatewayClassFaults = (survey: Survey): readonly Cause[] =>
	survey.all('Gateway').flatMap(gateway => {
		const asked = textAt(gateway, 'spec', 'gatewayClassName') ?? '';
		if (!survey.isRead('GatewayClass') || survey.find('GatewayClass', undefined, asked) !== undefined) return [];
		const have = survey.all('GatewayClass').map(({metadata}) => metadata.name);
		const meant = meantName(asked, have) ?? (have.length === 1 ? have[0] : undefined);
		const name = refText(refOf(gateway));
		return [
			{
				id: 'gateway-class-not-there' as const,
				resource: refOf(gateway),
				path: 'spec.gatewayClassName',
				cause: {
					en: `${name} names the class ${asked}, which is not there (there is: ${someOf(have, 5) || 'none'})`,
					ko: `${name}가 지정한 클래스 ${asked}이(가) 없습니다 (있는 것: ${someOf(have, 5) || '없음'})`,
				},
				evidence: [{source: name, detail: `spec.gatewayClassName ${asked}`}, ...changeEvidence(gateway)],
				remedies:
					meant === undefined
						? []
						: [
								exchange(gateway, [{path: ['spec', 'gatewayClassName'], from: asked, to: meant}], {
									side: 'ingress',
									sure: true,
									text: {en: `Give ${name} the class ${meant}`, ko: `${name}의 클래스를 ${meant}(으)로 합니다`},
								}),
							],
			},
		];
	});
