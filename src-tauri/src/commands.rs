//! The commands as Tauri handlers: one for each in the core's list, and nothing in any of them.

use desk_core::desk::Desk;
use desk_core::error::CommandError;
use serde_json::Value;
use tauri::{Runtime, State};

macro_rules! handlers {
    ($($name:ident: $request:ty => $response:ty;)+) => {
        /// The names of all commands, as the window calls them.
        pub const COMMANDS: &[&str] = &[$(stringify!($name)),+];

        $(
            #[tauri::command]
            async fn $name(desk: State<'_, Desk>, request: Value) -> Result<Value, CommandError> {
                desk.dispatch(stringify!($name), request).await
            }
        )+

        /// What answers the window's calls.
        pub(crate) fn handler<R: Runtime>() -> impl Fn(tauri::ipc::Invoke<R>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name),+]
        }
    };
}

desk_core::for_each_command!(handlers);

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use desk_core::clock::Clock;
    use desk_core::desk::Options;
    use desk_core::secrets::MemoryKeychain;
    use serde_json::json;
    use tauri::ipc::{CallbackFn, InvokeBody};
    use tauri::test::{
        INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets,
    };
    use tauri::webview::InvokeRequest;
    use tauri::{WebviewWindow, WebviewWindowBuilder};

    use super::*;

    /// A window without a screen, on a new desk.
    fn window(folder: &std::path::Path) -> WebviewWindow<MockRuntime> {
        let desk = Desk::open(Options {
            data_dir: folder.to_owned(),
            keychain: Arc::new(MemoryKeychain::default()),
            clock: Clock::System,
        })
        .unwrap();
        let app = mock_builder()
            .manage(desk)
            .invoke_handler(handler())
            .build(mock_context(noop_assets()))
            .unwrap();
        WebviewWindowBuilder::new(&app, "main", tauri::WebviewUrl::default())
            .build()
            .unwrap()
    }

    /// Calls a command as the web front does: one argument, `request`.
    fn call(
        window: &WebviewWindow<MockRuntime>,
        command: &str,
        request: Value,
    ) -> Result<Value, Value> {
        let answer = get_ipc_response(
            window,
            InvokeRequest {
                cmd: command.to_owned(),
                callback: CallbackFn(0),
                error: CallbackFn(1),
                url: "tauri://localhost".parse().unwrap(),
                body: InvokeBody::Json(json!({ "request": request })),
                headers: tauri::http::HeaderMap::default(),
                invoke_key: INVOKE_KEY.to_owned(),
            },
        );
        answer.map(|body| body.deserialize().unwrap())
    }

    #[test]
    fn a_new_desk_tells_its_state() {
        let folder = tempfile::tempdir().unwrap();
        let state = call(&window(folder.path()), "app_state", json!({})).unwrap();
        assert_eq!(state["profiles"], json!([]));
        assert_eq!(state["connection"]["status"], "none");
    }

    #[test]
    fn a_failed_command_comes_back_with_code_words_and_fields() {
        let folder = tempfile::tempdir().unwrap();
        let error = call(
            &window(folder.path()),
            "list_calendars",
            json!({ "serviceId": 5 }),
        )
        .unwrap_err();
        assert_eq!(error["code"], "invalid_input");
        assert_eq!(error["command"], "list_calendars");
        assert_eq!(error["fields"][0]["field"], "serviceId");
        let error = call(&window(folder.path()), "list_users", json!({})).unwrap_err();
        assert_eq!(error["code"], "not_connected");
    }

    #[test]
    fn every_command_of_the_list_is_answered() {
        let folder = tempfile::tempdir().unwrap();
        let window = window(folder.path());
        for command in COMMANDS {
            // A request of the wrong type reaches the core and is refused there; a command nobody answers is not JSON.
            let answer = call(&window, command, json!("not a request"));
            assert_eq!(answer.unwrap_err()["command"], *command);
        }
    }

    #[test]
    fn the_secret_goes_in_and_does_not_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let window = window(folder.path());
        let id = "5b0d6c1e-1111-4a6e-9d10-00000000c001";
        let profile = json!({
            "name": "Northgate", "authority": "http://127.0.0.1:9", "baseUrl": "http://127.0.0.1:9", "tenantId": id,
            "clientId": id, "applicationId": id, "cubuWebUrl": "", "customerIdSpelling": "both", "addresses": [],
        });
        let profile = call(&window, "save_profile", json!({ "profile": profile })).unwrap();
        let secret = "a secret nobody may see again";
        let request = json!({ "profileId": profile["id"], "clientSecret": secret });
        let mut answers = vec![call(&window, "set_client_secret", request).unwrap()];
        let of_profile = json!({ "profileId": profile["id"] });
        for (command, request) in [
            ("app_state", json!({})),
            ("get_profile", of_profile.clone()),
            ("activate_profile", of_profile.clone()),
            ("export_profile", of_profile),
        ] {
            answers.push(call(&window, command, request).unwrap());
        }
        for answer in answers {
            assert!(!answer.to_string().contains(secret), "{answer}");
        }
    }
}
