//! The interface `account`.

use serde_json::json;

use crate::args::Account;
use crate::context::Context;
use crate::error::Result;
use crate::format::{clean_lines, date, facts, json};
use crate::texts::messages;

pub async fn run(context: &Context, command: Account) -> Result<()> {
    let output = context.output;
    let texts = &messages().account;
    let mut session = context.connect().await?;
    let session = &mut session.session;
    match command {
        Account::Verify => {
            let seconds = session.verify().await?;
            output.print(&json!({ "seconds_left": seconds }), texts.verified.with([&seconds]))
        }
        Account::AccessToken { show } => {
            let token = session.access_token().await?;
            let left = token.seconds_left;
            if show || !context.target.is_live() {
                let people = facts([
                    (texts.token, token.value.clone()),
                    (texts.seconds_left, left.to_string()),
                ]);
                return output.print(&json!({ "value": token.value, "seconds_left": left }), people);
            }
            let people = facts([
                (texts.token, texts.hidden.to_owned()),
                (texts.seconds_left, left.to_string()),
            ]);
            output.print(&json!({ "seconds_left": left }), people)
        }
        Account::Quota { path } => {
            let quota = session.quota(&path).await?;
            let rate = quota.rate_limit.as_ref();
            let rate = rate.map(|rate| {
                (
                    texts.rate_limit,
                    texts.rate.with([&rate.call_count, &rate.refresh_seconds]),
                )
            });
            let people = [
                (texts.daily_limit, quota.daily_limit.to_string()),
                (texts.used, quota.used.to_string()),
                (texts.remaining, quota.remaining.to_string()),
            ];
            output.print(&json(&quota)?, facts(people.into_iter().chain(rate)))
        }
        Account::Explain { rid } => {
            let record = session.explain(&rid).await?;
            let people = facts([
                (texts.time, date(record.invoke_time)),
                (texts.milliseconds, record.cost_milliseconds.to_string()),
                (texts.caller, record.client_ip.clone()),
                (texts.query, record.request_url.clone()),
            ]);
            let bodies = [
                (texts.request, &record.request_body),
                (texts.response, &record.response_body),
            ];
            let bodies = bodies.map(|(label, body)| format!("{label}\n{}", clean_lines(body)));
            let people = format!("{people}\n\n{}", bodies.join("\n\n"));
            output.print(&json(&record)?, people)
        }
    }
}
