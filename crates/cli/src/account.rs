//! The interface `account`.

use serde_json::json;

use crate::args::Account;
use crate::context::Context;
use crate::error::Result;
use crate::format::{clean_lines, date, facts, json};

pub async fn run(context: &Context, command: Account) -> Result<()> {
    let output = context.output;
    let mut session = context.connect().await?;
    let session = &mut session.session;
    match command {
        Account::Verify => {
            let seconds = session.verify().await?;
            let people = format!("app id, secret and IP whitelist are in order; the token is valid for {seconds} s");
            output.print(&json!({ "seconds_left": seconds }), people)
        }
        Account::AccessToken { show } => {
            let token = session.access_token().await?;
            let left = token.seconds_left;
            if show || !context.target.is_live() {
                let people = facts([("token", token.value.clone()), ("seconds left", left.to_string())]);
                return output.print(&json!({ "value": token.value, "seconds_left": left }), people);
            }
            let people = facts([
                (
                    "token",
                    "hidden, as terminals keep a history; --show prints it".to_owned(),
                ),
                ("seconds left", left.to_string()),
            ]);
            output.print(&json!({ "seconds_left": left }), people)
        }
        Account::Quota { path } => {
            let quota = session.quota(&path).await?;
            let rate = quota.rate_limit.as_ref();
            let rate = rate.map(|rate| {
                (
                    "rate limit",
                    format!("{} in {} s", rate.call_count, rate.refresh_seconds),
                )
            });
            let people = [
                ("daily limit", quota.daily_limit.to_string()),
                ("used", quota.used.to_string()),
                ("remaining", quota.remaining.to_string()),
            ];
            output.print(&json(&quota)?, facts(people.into_iter().chain(rate)))
        }
        Account::Explain { rid } => {
            let record = session.explain(&rid).await?;
            let people = facts([
                ("time", date(record.invoke_time)),
                ("milliseconds", record.cost_milliseconds.to_string()),
                ("caller", record.client_ip.clone()),
                ("query", record.request_url.clone()),
            ]);
            let request = clean_lines(&record.request_body);
            let response = clean_lines(&record.response_body);
            let people = format!("{people}\n\nrequest\n{request}\n\nresponse\n{response}");
            output.print(&json(&record)?, people)
        }
    }
}
