/** What is secret by its nature. */
export const credentials =
	'password passwd passphrase pwd credential token bearer_token api_key apikey access_key signing_key private_key tls_key ssl_key dsn dockerconfigjson secret_key client_secret encryption_key ssh_key connection_string 비밀번호 패스워드 암호 토큰 인증정보 인증_정보 자격증명 자격_증명 서명_키 개인키 개인_키 비밀키 비밀_키 api_키 접속정보 접속_정보 비번 비밀_번호';

/** Ways to ask to see something. */
export const seeing =
	'show tell print what reveal decode decrypt display give read cat echo output dump see get expose view fetch copy_out write_out send paste share leak know need want like which whats look describe mail email message text quote hand tell_me compare 알리 보 출력 디코드 디코딩 복호화 해독 찍 풀 읽 뽑 주 뭐 확인 공유 보내 노출 까 복사 궁금 대조 비교';

/** A secret that is made, named or pointed at is not asked for. */
export const making =
	'create make duplicate copy clone deploy launch spin store add set rotate generate renew new put mount use take update change replace delete remove label annotate restart who whose how_many many count depends depend uses reference should 만들 생성 추가 교체 바꾸 변경 설정 갱신 회전 삭제 지우 마운트 띄우 넣 참조 연결 주입 배포 누구 몇 쓰 사용';

export const values =
	'login 로그인 아이디 creds value content contents its_data the_data full_data with_data all_data base64 decoded unencrypted 값 내용 원문 디코드 디코딩';

/** As it is, where anybody can read it. */
export const inPlain =
	/\b(?:in (?:the )?(?:clear|open)|clear ?text|plain ?text|(?:in|as) plain|(?:human[- ])?readable (?:form|text|way)|unmasked|unredacted|unencrypted|full (?:pem|text|value))\b|평문|있는 그대로|풀어서|까서|\b(?:un-?mask|un-?redact)\w*/i;

/** Written where the one who asks reads it, whatever the deed is called: `put it here`, `create a token and show it`. */
export const shownHere =
	/\b(?:put|paste|post|drop|write|type|copy)\b(?:[^.;]|\.(?=\w))*\b(?:here|(?:in|into|to) (?:this|the) (?:chat|conversation|channel|thread|ticket))\b|\b(?:show|print|paste|post|send|quote|read out)\b (?:it|them|that|both|all)\b|(?:여기|이\s?창|채팅)(?:에|다|에다)?\s?\S*(?:붙|적|써|올려|남겨|찍)|(?:발급|생성|만들)\S*\s?[^.]*(?:붙여|보여|찍어|출력)/i;

/** What is written elsewhere can be read there: `copy its key into a config map`, `a pod that cats it`, `so that I see it`. */
export const movedOut = [
	/\b(?:copy|put|move|write|store|save|paste)\b(?:[^.;]|\.(?=\w))*\b(?:in)?to\b(?:[^.;]|\.(?=\w))*\b(?:config ?maps?|annotations?|labels?|files?|logs?|slack|wiki)\b/i,
	/\b(?:cat|print|echo|dump|output)s?\b (?:out )?(?:it|them|its|the (?:value|content|password|key)s?|(?:the )?secrets?)\b/i,
	/\bso (?:that )?(?:i|we|they) (?:can |could |may )?(?:see|read|look|view|copy|check)\b/i,
];

/** What a deed is for, and where a thing is, are no deeds: `so that I can put it on the load balancer`, `is stored in`. */
export const noDeed =
	/\b(?:(?:is|are|was|were) (?:stored|kept)|(?:stored|kept|held|saved) (?:in|under|inside|by))\b|\b(?:so(?: that)?|because|since|in order) (?:i|we|they|he|she|it|our|the|my|to)\b[^.;]*/gi;
export const secretKinds = 'secret 시크릿';
